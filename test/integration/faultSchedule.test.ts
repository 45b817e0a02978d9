import '../support/fastClock';

import { startClerk } from '../../sandbox/clerk';
import type { Clerk } from '../../sandbox/clerk';
import { runNode } from '../support/host';
import { credential } from '../support/scripted';

type Values = Record<string, unknown>;

/** Each fault hits every nth request. The numbers are primes, so that every mix of faults occurs. */
const SCHEDULE = [
	{ kind: 'status', status: 429, headers: { 'retry-after': '1' }, every: 401 },
	{ kind: 'status', status: 500, every: 97 },
	{ kind: 'status', status: 502, when: 'after', every: 103 },
	{ kind: 'status', status: 503, every: 107 },
	{ kind: 'status', status: 504, when: 'after', every: 109 },
	{ kind: 'reset', every: 113 },
	{ kind: 'reset', when: 'after', every: 127 },
	{ kind: 'truncate', every: 131 },
	{ kind: 'notJson', when: 'after', every: 137 },
	{ kind: 'hang', every: 1_499 },
	{ kind: 'hang', when: 'after', every: 1_511 },
] as const;

const USERS = 2_000;
const byId = (value: string) => ({ __rl: true, mode: 'id', value });

let clerk: Clerk;

beforeAll(async () => {
	clerk = await startClerk({ seed: { users: USERS }, rateLimit: false });
	for (const fault of SCHEDULE) clerk.addFault({ ...fault, times: Infinity });
});

afterAll(async () => await clerk.close());

const userIds = () => clerk.state.users.rows.map(({ id }) => id);

async function run(parameters: Values[]) {
	const items = await runNode({
		credential: {
			...credential,
			secretKey: clerk.liveSecretKey,
			baseUrl: clerk.url,
			rateLimitShare: 100,
		},
		parameters: parameters.map((values) => ({
			options: { maxRetries: 10, concurrency: 20 },
			...values,
		})),
		continueOnFail: true,
		timeoutMs: 2_000,
	});
	// One output item for each input item, in order.
	expect(items.map(({ pairedItem }) => pairedItem)).toEqual(
		parameters.map((_, item) => ({ item })),
	);
	return items;
}

const failuresOf = (items: Awaited<ReturnType<typeof run>>) =>
	items.flatMap(({ json }) => (json.error === undefined ? [] : [json.error]));

describe('10,000 requests with every kind of fault', () => {
	it('apply two PATCHes of each user in their order', async () => {
		const ids = userIds();
		const updates = ['first', 'second'].flatMap((firstName) =>
			ids.map((id) => ({
				resource: 'user',
				operation: 'update',
				userId: byId(id),
				updateFields: { firstName },
			})),
		);
		expect(failuresOf(await run(updates))).toEqual([]);
		expect(clerk.state.users.rows.every((user) => user.first_name === 'second')).toBe(true);
	}, 120_000);

	it('apply each PUT', async () => {
		const ids = userIds();
		const items = await run(
			ids.map((id, number) => ({
				resource: 'user',
				operation: 'replaceMetadata',
				userId: byId(id),
				updateFields: { publicMetadata: { number } },
			})),
		);
		expect(failuresOf(items)).toEqual([]);
		expect(clerk.state.users.rows.map((user) => user.public_metadata)).toEqual(
			ids.map((_, number) => ({ number })),
		);
	}, 120_000);

	it('create each organization at most once, and report unknown outcomes', async () => {
		const names = Array.from({ length: USERS }, (_, number) => `Team ${number}`);
		const items = await run(
			names.map((name) => ({
				resource: 'organization',
				operation: 'create',
				name,
				additionalFields: {},
			})),
		);
		const created = new Map<unknown, number>();
		for (const { name } of clerk.state.organizations.rows) {
			created.set(name, (created.get(name) ?? 0) + 1);
		}
		expect([...created.values()].every((count) => count === 1)).toBe(true);

		const unknown = items.filter(({ json }) => json.error);
		expect(unknown.length).toBeGreaterThan(USERS / 40);
		for (const { json } of unknown) expect(json.message).toContain('Outcome unknown');
		// Each reported success exists; only items with an unknown outcome may not.
		items.forEach(({ json }, at) => {
			if (json.error === undefined)
				expect([json.name, created.get(names[at])]).toEqual([names[at], 1]);
		});
	}, 120_000);

	it('delete each user', async () => {
		const ids = userIds();
		const items = await run(
			ids.map((id) => ({ resource: 'user', operation: 'delete', userId: byId(id) })),
		);
		expect(failuresOf(items)).toEqual([]);
		expect(items.map(({ json }) => [json.id, json.deleted])).toEqual(ids.map((id) => [id, true]));
		expect(clerk.state.users.rows).toEqual([]);
	}, 120_000);

	it('met every kind of fault', () => {
		expect(clerk.requests.length).toBeGreaterThan(5 * USERS);
		expect(new Set(clerk.requests.map(({ fault }) => fault))).toEqual(
			new Set([undefined, ...SCHEDULE.map(({ kind }) => kind)]),
		);
	});
});
