import { simplify } from '../../nodes/Clerk/engine/operation/view';
import { invitation } from '../../nodes/Clerk/views/invitation';
import { organizationInvitation } from '../../nodes/Clerk/views/organizationInvitation';

test.each([
	[{ organization_id: 'org_1' }, 'org_1', null],
	[{ public_organization_data: { id: 'org_1', name: 'Acme' } }, 'org_1', 'Acme'],
	[{ public_organization_data: null }, null, null],
])('the view of an invitation %j has the organization ID %s and name %s', (record, id, name) => {
	expect(simplify(record, organizationInvitation)).toMatchObject({
		organizationId: id,
		organizationName: name,
	});
});

test('the view of an invitation without an inviter gives null for the inviter', () => {
	const record = { id: 'orginv_1', public_inviter_data: null, inviter_id: null };
	expect(simplify(record, organizationInvitation)).toMatchObject({
		inviterUserId: null,
		inviterIdentifier: null,
	});
});

test.each([organizationInvitation, invitation])(
	'the view of $plural gives null for all but the ID of { id, deleted }',
	(view) => {
		const { id, ...others } = simplify({ id: 'x', deleted: true }, view);
		expect(id).toBe('x');
		expect(Object.values(others).every((value) => value === null)).toBe(true);
	},
);
