import fc from 'fast-check';

import { RequestError } from '../../../nodes/Clerk/engine/http/outcome';
import type { ApiRequest, ClerkRecord } from '../../../nodes/Clerk/engine/operation';
import { reviewAccess } from '../../../nodes/Clerk/jobs/reviewAccess/job';
import type { ReviewCriteria } from '../../../nodes/Clerk/jobs/reviewAccess/review';

/**
 * Properties of a review, against a Clerk in memory: its lists have pages and totals, and change before
 * chosen responses. What is expected is told by other means than the job's.
 */

const NOW = Date.UTC(2026, 5, 1);

const PERMISSIONS = ['org:sys_memberships:manage', 'org:sys_memberships:read', 'org:ledger:write'];
const ROLES = ['org:admin', 'org:member', 'org:owner', 'org:ledger'];

interface Member {
	id: string;
	user: number;
	organization: number;
	role: string;
	at: number;
}

interface World {
	/** The permissions of each role. */
	roles: Record<string, string[]>;
	organizations: number;
	members: Member[];
	banned: Set<number>;
	deprovisioned: Set<number>;
}

/** Before the response with this number, a member leaves, or joins with a role. */
interface Change {
	response: number;
	leaves?: number;
	joins?: { organization: number; role: string };
}

const organizationOf = (number: number): ClerkRecord => ({
	id: `org_${number}`,
	slug: `team-${String(number).padStart(3, '0')}`,
	name: `Team ${number}`,
	created_at: number,
});

function clerkOf(world: World, changes: Change[] = []) {
	const { roles, members, banned, deprovisioned } = world;
	let responses = 0;
	let joined = members.length;
	const everElevatedBy = new Map(members.map((one) => [one.id, one.role]));

	const change = () => {
		for (const { response, leaves, joins } of changes) {
			if (response !== responses) continue;
			if (leaves !== undefined) members.splice(leaves % Math.max(1, members.length), 1);
			if (joins) {
				const at = joined++;
				const organization = joins.organization % Math.max(1, world.organizations);
				const member = { id: `orgmem_${at}`, user: at, organization, role: joins.role, at };
				everElevatedBy.set(member.id, member.role);
				members.push(member);
			}
		}
		responses++;
	};
	const page = (rows: ClerkRecord[], { offset = 0, limit = 10 }: ClerkRecord) => ({
		data: rows.slice(Number(offset), Number(offset) + Number(limit)),
		total_count: rows.length,
	});
	const pageOf = <T>(rows: T[], present: (row: T) => ClerkRecord, query: ClerkRecord) => {
		const { data, total_count } = page(rows as ClerkRecord[], query);
		return { data: (data as T[]).map(present), total_count };
	};
	const membership = ({ id, user, organization, role, at }: Member): ClerkRecord => ({
		id,
		role,
		permissions: roles[role],
		created_at: at,
		organization: organizationOf(organization),
		public_user_data: {
			user_id: `user_${user}`,
			identifier: `user${user}@example.com`,
			banned: banned.has(user),
			deprovisioned: deprovisioned.has(user),
		},
	});
	const respond = ({ path, query = {} }: ApiRequest): unknown => {
		const newestFirst = String(query.order_by).startsWith('-');
		const sorted = (rows: ClerkRecord[]) => (newestFirst ? [...rows].reverse() : rows);
		const [, organization] = /^\/organizations\/org_(\d+)\/memberships$/.exec(path) ?? [];
		if (organization !== undefined) {
			const own = members.filter((one) => one.organization === Number(organization));
			return page(sorted(own.map(membership)), query);
		}
		switch (path) {
			case '/organization_roles':
				return page(
					Object.entries(roles).map(([key, permissions]) => ({
						id: key,
						key,
						permissions: permissions.map((one) => ({ key: one })),
					})),
					query,
				);
			case '/organizations':
				return page(
					sorted(Array.from({ length: world.organizations }, (_, at) => organizationOf(at))),
					query,
				);
			case '/organization_memberships':
				return pageOf(newestFirst ? [...members].reverse() : members, membership, query);
			case '/users':
				return (query.user_id as string[]).map((id) => ({
					id: id.slice(1),
					banned: banned.has(Number(id.slice(6))),
				}));
			default:
				return page([], query);
		}
	};
	const requests: ApiRequest[] = [];
	const send = async (request: ApiRequest) => {
		await Promise.resolve();
		change();
		requests.push(request);
		return respond(request);
	};
	const forEachConcurrently = async <T>(values: T[], work: (value: T) => Promise<void>) => {
		await Promise.all(values.map(work));
	};
	return { context: { send: send as never, forEachConcurrently }, requests, everElevatedBy };
}

const isElevated = (role: string, { roles }: World, chosen: ReviewCriteria): boolean =>
	chosen.roles.some((one) => one === role) ||
	roles[role].some((permission) => chosen.permissions.includes(permission));

const review = async (world: World, chosen: ReviewCriteria, changes?: Change[]) => {
	const { context, requests, everElevatedBy } = clerkOf(world, changes);
	const { records } = await reviewAccess(chosen, context, NOW);
	const targets = (action: string) =>
		records.filter((row) => row.action === action).map(({ target }) => String(target));
	return { records, targets, requests, everElevatedBy };
};

const permissionSets = fc.record(
	Object.fromEntries(ROLES.map((role) => [role, fc.subarray(PERMISSIONS)])),
) as fc.Arbitrary<Record<string, string[]>>;

const worlds = (maxMembers: number): fc.Arbitrary<World> =>
	fc
		.record({
			roles: permissionSets,
			organizations: fc.integer({ min: 1, max: 6 }),
			seats: fc.array(
				fc.record({ organization: fc.nat(5), role: fc.constantFrom(...ROLES), user: fc.nat(40) }),
				{ maxLength: maxMembers },
			),
			banned: fc.array(fc.nat(40)),
			deprovisioned: fc.array(fc.nat(40)),
		})
		.map(({ roles, organizations, seats, banned, deprovisioned }) => ({
			roles,
			organizations,
			members: seats.map(({ organization, role, user }, at) => ({
				id: `orgmem_${at}`,
				user,
				organization: organization % organizations,
				role,
				at,
			})),
			banned: new Set(banned),
			deprovisioned: new Set(deprovisioned),
		}));

const criteria: fc.Arbitrary<ReviewCriteria> = fc
	.record({ roles: fc.subarray(ROLES), permissions: fc.subarray(PERMISSIONS) })
	.map((chosen) => ({ ...chosen, organizations: [], pendingDays: 14 }));

describe('Review Access', () => {
	it('lists every elevated member exactly once, and no one else', async () => {
		await fc.assert(
			fc.asyncProperty(worlds(60), criteria, async (world, chosen) => {
				const { targets } = await review(world, chosen);
				const expected = world.members.filter(({ role }) => isElevated(role, world, chosen));
				expect(targets('elevatedMember').sort()).toEqual(expected.map(({ id }) => id).sort());
			}),
			{ numRuns: 200 },
		);
	});

	it('lists exactly the organizations with no admin who can sign in, and those with one', async () => {
		await fc.assert(
			fc.asyncProperty(worlds(40), criteria, async (world, chosen) => {
				const { targets } = await review(world, chosen);
				const admins = (organization: number) =>
					world.members.filter(
						(one) =>
							one.organization === organization &&
							(one.role === 'org:admin' ||
								world.roles[one.role].includes('org:sys_memberships:manage')) &&
							!world.banned.has(one.user) &&
							!world.deprovisioned.has(one.user),
					).length;
				const all = Array.from({ length: world.organizations }, (_, at) => at);
				const having = (count: number) =>
					all.filter((one) => admins(one) === count).map((one) => `org_${one}`);
				expect(targets('organizationWithoutAdmin')).toEqual(having(0));
				expect(targets('organizationWithOneAdmin')).toEqual(having(1));
			}),
			{ numRuns: 200 },
		);
	});

	it('lists each elevated member who stays once, whoever leaves and joins meanwhile', async () => {
		const change = fc.record(
			{
				response: fc.nat({ max: 10 }),
				leaves: fc.nat({ max: 1_500 }),
				joins: fc.record({ organization: fc.nat(5), role: fc.constantFrom(...ROLES) }),
			},
			{ requiredKeys: ['response'] },
		);
		const many = fc.record({ count: fc.integer({ min: 400, max: 1_600 }), roles: permissionSets });
		await fc.assert(
			fc.asyncProperty(
				many,
				criteria,
				fc.array(change),
				async ({ count, roles }, chosen, changes) => {
					const world: World = {
						roles,
						organizations: 3,
						members: Array.from({ length: count }, (_, at) => ({
							id: `orgmem_${at}`,
							user: at,
							organization: at % 3,
							role: ROLES[at % 7 === 0 ? 0 : 1 + (at % 3)],
							at,
						})),
						banned: new Set(),
						deprovisioned: new Set(),
					};
					const before = new Set(world.members.map(({ id }) => id));
					const { targets, everElevatedBy } = await review(world, chosen, changes);
					const listed = targets('elevatedMember');
					expect(new Set(listed).size).toBe(listed.length);
					const known = new Set(listed);
					const stayed = world.members.filter(
						({ id, role }) => before.has(id) && isElevated(role, world, chosen),
					);
					expect(stayed.filter(({ id }) => !known.has(id))).toEqual([]);
					const never = [...everElevatedBy].filter(([, role]) => !isElevated(role, world, chosen));
					expect(never.filter(([id]) => known.has(id))).toEqual([]);
				},
			),
			{ numRuns: 60 },
		);
	});

	it('does not call an organization one without an admin whose admin was appointed meanwhile', async () => {
		const world: World = {
			roles: { 'org:admin': [], 'org:member': [], 'org:owner': [], 'org:ledger': [] },
			organizations: 1,
			members: [{ id: 'orgmem_0', user: 0, organization: 0, role: 'org:member', at: 0 }],
			banned: new Set(),
			deprovisioned: new Set(),
		};
		const joins = { organization: 0, role: 'org:admin' };
		const chosen = { roles: ['org:admin'], permissions: [], organizations: [], pendingDays: 14 };
		// After the roles and the three lists.
		const { targets, records } = await review(world, chosen, [{ response: 4, joins }]);
		expect(targets('organizationWithoutAdmin')).toEqual([]);
		expect(targets('organizationWithOneAdmin')).toEqual(['org_0']);
		expect(targets('elevatedMember')).toEqual(['orgmem_1']);
		expect(records.at(-1)).toMatchObject({ members: 2 });
	});

	it('takes an instance of 150,000 members', async () => {
		const world: World = {
			roles: { 'org:admin': [], 'org:member': [], 'org:owner': [], 'org:ledger': [] },
			organizations: 500,
			members: Array.from({ length: 150_000 }, (_, at) => ({
				id: `orgmem_${at}`,
				user: at % 40_000,
				organization: at % 500,
				role: at < 1_000 ? 'org:admin' : 'org:member',
				at,
			})),
			banned: new Set(),
			deprovisioned: new Set(),
		};
		const chosen = { roles: ['org:admin'], permissions: [], organizations: [], pendingDays: 14 };
		const { targets, records } = await review(world, chosen);
		expect(targets('elevatedMember')).toHaveLength(1_000);
		expect(records.at(-1)).toMatchObject({ members: 150_000, organizations: 500 });
	});

	it('leaves out an organization that was deleted meanwhile', async () => {
		const world: World = {
			roles: { 'org:admin': [], 'org:member': [], 'org:owner': [], 'org:ledger': [] },
			organizations: 2,
			members: [],
			banned: new Set(),
			deprovisioned: new Set(),
		};
		const { context } = clerkOf(world);
		const { send } = context as unknown as { send: (request: ApiRequest) => Promise<unknown> };
		const failing = async (request: ApiRequest) => {
			if (request.path.startsWith('/organizations/org_1')) {
				const body = { errors: [{ code: 'resource_not_found' }] };
				throw new RequestError({ kind: 'response', status: 404, body, request });
			}
			return await send(request);
		};
		const chosen = { roles: ['org:admin'], permissions: [], organizations: [], pendingDays: 14 };
		const { records } = await reviewAccess(chosen, { ...context, send: failing as never }, NOW);
		expect(records.map(({ target }) => target)).toEqual(['org_0', 'organizations']);
	});
});
