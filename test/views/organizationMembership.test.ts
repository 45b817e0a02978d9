import { simplify } from '../../nodes/Clerk/engine/operation/view';
import { organizationMembership } from '../../nodes/Clerk/views/organizationMembership';

test('the view of a membership has the fields of its user and organization on one level', () => {
	const record = {
		id: 'orgmem_1',
		object: 'organization_membership',
		role: 'org:admin',
		role_name: 'Admin',
		permissions: ['org:sys_profile:manage'],
		public_metadata: { desk_number: 4 },
		private_metadata: {},
		organization: { id: 'org_1', name: 'Acme', slug: 'acme', public_metadata: {} },
		public_user_data: { user_id: 'user_1', identifier: 'ada@x.y', first_name: 'Ada' },
		created_at: 1,
		updated_at: 2,
	};
	expect(simplify(record, organizationMembership)).toEqual({
		id: 'orgmem_1',
		userId: 'user_1',
		identifier: 'ada@x.y',
		username: null,
		firstName: 'Ada',
		lastName: null,
		imageUrl: null,
		banned: null,
		organizationId: 'org_1',
		organizationName: 'Acme',
		organizationSlug: 'acme',
		role: 'org:admin',
		roleName: 'Admin',
		permissions: ['org:sys_profile:manage'],
		createdAt: 1,
		updatedAt: 2,
		publicMetadata: { desk_number: 4 },
		privateMetadata: {},
	});
});

test('the view of a membership gives null for all but the ID of { id, deleted }', () => {
	const { id, ...others } = simplify({ id: 'x', deleted: true }, organizationMembership);
	expect(id).toBe('x');
	expect(Object.values(others).every((value) => value === null)).toBe(true);
});
