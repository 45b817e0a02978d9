import { simplify } from '../../nodes/Clerk/engine/operation/view';
import { roleSet } from '../../nodes/Clerk/views/organizationRole';

test('the view of a role set keeps the keys of roles in its migration', () => {
	const mappings = { 'org:sales_rep': 'org:member' };
	const output = simplify({ role_set_migration: { dest_role_set_id: null, mappings } }, roleSet);
	expect(output.roleSetMigration).toEqual({ destRoleSetId: null, mappings });
});
