import { adminRolesIn, losesLastAdmin, readAdmins } from '../../../nodes/Clerk/jobs/shared/admins';

describe('adminRolesIn', () => {
	it('returns org:admin and the roles with the permission to manage members', () => {
		const manages = [{ key: 'org:sys_memberships:manage' }];
		const roles = [
			{ key: 'org:owner', permissions: manages },
			{ key: 'org:boss', permissions: ['org:sys_memberships:manage'] },
			{ key: 'org:reader', permissions: [{ key: 'org:sys_memberships:read' }] },
			{ key: 'org:none' },
		];
		expect([...adminRolesIn(roles)]).toEqual(['org:admin', 'org:owner', 'org:boss']);
		expect([...adminRolesIn([])]).toEqual(['org:admin']);
	});
});

describe('readAdmins', () => {
	it('leaves out banned and deprovisioned users, and rows of other roles', async () => {
		const membership = (user_id: string, role: string, blocked = {}) => ({
			role,
			public_user_data: { user_id, ...blocked },
		});
		const data = [
			membership('a', 'org:admin'),
			membership('b', 'org:admin', { banned: true }),
			membership('c', 'org:admin', { deprovisioned: true }),
			membership('d', 'org:member'),
		];
		const send = async () => await Promise.resolve({ data, total_count: data.length });
		expect([...(await readAdmins(send, 'org_1', new Set(['org:admin'])))]).toEqual(['a']);
	});
});

describe('losesLastAdmin', () => {
	it('is true only if there were admins and none remains', () => {
		expect(losesLastAdmin(new Set(['a', 'b']), ['a'])).toBe(false);
		expect(losesLastAdmin(new Set(['a', 'b']), ['a', 'b'])).toBe(true);
		expect(losesLastAdmin(new Set(['a']), ['a'], ['c'])).toBe(false);
		expect(losesLastAdmin(new Set(), ['a'])).toBe(false);
	});
});
