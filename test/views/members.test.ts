import { simplify } from '../../nodes/Clerk/engine/operation/view';
import { invitation } from '../../nodes/Clerk/views/invitation';
import { organizationInvitation } from '../../nodes/Clerk/views/organizationInvitation';
import { organizationMembership } from '../../nodes/Clerk/views/organizationMembership';

test('a membership has user and organization on one level', () => {
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

test.each([
	[{ organization_id: 'org_1' }, 'org_1', null],
	[{ public_organization_data: { id: 'org_1', name: 'Acme' } }, 'org_1', 'Acme'],
	[{ public_organization_data: null }, null, null],
])('an invitation says which organization it is to: %j', (record, id, name) => {
	expect(simplify(record, organizationInvitation)).toMatchObject({
		organizationId: id,
		organizationName: name,
	});
});

test('an invitation of nobody has no inviter', () => {
	const record = { id: 'orginv_1', public_inviter_data: null, inviter_id: null };
	expect(simplify(record, organizationInvitation)).toMatchObject({
		inviterUserId: null,
		inviterIdentifier: null,
	});
});

test.each([organizationMembership, organizationInvitation, invitation])(
	'of an answer that is only { id, deleted }, all else is null ($plural)',
	(view) => {
		const { id, ...others } = simplify({ id: 'x', deleted: true }, view);
		expect(id).toBe('x');
		expect(Object.values(others).every((value) => value === null)).toBe(true);
	},
);
