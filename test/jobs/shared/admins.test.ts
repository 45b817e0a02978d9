import { adminRolesIn, losesLastAdmin, readAdmins } from '../../../nodes/Clerk/jobs/shared/admins';
import { servedList } from '../../support/servedList';

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
	it('misses no admin of more than one page while others leave', async () => {
		const rows = Array.from({ length: 1_200 }, (_, at) => ({
			id: `orgmem_${at}`,
			created_at: 1_700_000_000_000 + at,
			role: 'org:admin',
			public_user_data: { user_id: `user_${at}` },
		}));
		// Those of the newest page leave, so that the later ones move up.
		const before = (count: number) => {
			if (count === 1) rows.splice(-30);
		};
		const list = servedList(rows, { total: true, before });
		const admins = await readAdmins(list.send, 'org_1', new Set(['org:admin']));
		const stayed = rows.map(({ public_user_data: { user_id: id } }) => id);
		expect(stayed.filter((id) => !admins.has(id))).toEqual([]);
	});

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
