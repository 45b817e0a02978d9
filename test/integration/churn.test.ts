import { startClerk } from '../../sandbox/clerk';
import { newMembership } from '../../sandbox/clerk/records/membership';
import { newOrganization } from '../../sandbox/clerk/records/organization';
import { newEmailAddress, newUser } from '../../sandbox/clerk/records/user';
import { realClock } from '../../nodes/Clerk/engine/rateLimit/clock';
import { runNode } from '../support/host';
import { churnRuns, seeded } from '../support/random';

/** Lists that change while the node reads them: with each page nine records go and four come, at most. */

type Clerk = Awaited<ReturnType<typeof startClerk>>;

interface Row {
	id: string;
	created_at: number;
}

const RECORDS = 3_000;
const RUNS = churnRuns();
const MINUTE = 60_000;
const START = Date.UTC(2025, 0, 1);

let clerk: Clerk;
let made = 0;

const tableOf = {
	user: () => clerk.state.users,
	organization: () => clerk.state.organizations,
	organizationMembership: () => clerk.state.memberships,
};

type Kind = keyof typeof tableOf;

const newest = { created_at: 0 };

/** Adds a record that is newer than all others. */
function add(kind: Kind, created_at = (newest.created_at += MINUTE)): void {
	const { state } = clerk;
	const number = made++;
	if (kind === 'organization') {
		state.organizations.insert(newOrganization(state, { name: `Team ${number}`, created_at }));
		return;
	}
	const email_addresses = [newEmailAddress(state, `u${number}@example.com`, { at: created_at })];
	const user = state.users.insert(newUser(state, { email_addresses, created_at }));
	if (kind === 'user') return;
	const [{ id: organization_id }] = state.organizations.rows;
	const role = 'org:member';
	state.memberships.insert(
		newMembership(state, { organization_id, user_id: user.id, role, created_at }),
	);
}

const parametersOf = (kind: Kind) => ({
	resource: kind,
	operation: 'getAll',
	returnAll: true,
	output: 'raw',
	filters: {},
	options: {},
	...(kind === 'organizationMembership' && {
		organizationId: { __rl: true, mode: 'id', value: clerk.state.organizations.rows[0].id },
	}),
});

/** Changes the table with each request for a page. @returns the IDs that were removed */
function churn(kind: Kind, seed: number): Set<string> {
	const random = seeded(seed);
	const removed = new Set<string>();
	const { push } = Array.prototype;
	clerk.requests.push = (...entries) => {
		const table = tableOf[kind]();
		for (let left = Math.floor(random() * 10); left > 0; left--) {
			const row = table.rows[Math.floor(random() * table.size)] as Row;
			removed.add(row.id);
			table.remove(row as never);
		}
		for (let more = Math.floor(random() * 5); more > 0; more--) add(kind);
		return push.apply(clerk.requests, entries) as number;
	};
	return removed;
}

describe.each<Kind>(['user', 'organization', 'organizationMembership'])(
	'Return All of %s, while records come and go',
	(kind) => {
		beforeEach(async () => {
			clerk = await startClerk({ seed: 'empty', rateLimit: false, latencyMs: 5 });
			if (kind === 'organizationMembership') {
				clerk.state.organizations.insert(newOrganization(clerk.state, { name: 'Acme' }));
			}
			newest.created_at = START;
			for (let count = 0; count < RECORDS; count++) add(kind);
		});

		afterEach(async () => await clerk.close());

		it.each(Array.from({ length: RUNS }, (_, run) => run + 1))(
			'returns each that was there throughout, once, run %i',
			async (run) => {
				const original = tableOf[kind]().rows.map(({ id }) => id);
				const removed = churn(kind, run);
				const output = await runNode({
					credential: {
						secretKey: clerk.liveSecretKey,
						baseUrl: clerk.url,
						accessPolicy: 'full',
						rateLimitShare: 100,
					},
					parameters: [parametersOf(kind)],
				});
				const ids = output.map(({ json }) => json.id);
				expect(removed.size).toBeGreaterThan(10);
				expect(new Set(ids).size).toBe(ids.length);
				const kept = new Set<unknown>(original.filter((id) => !removed.has(id)));
				expect(ids.filter((id) => kept.has(id))).toEqual([...kept].reverse());
			},
		);
	},
);

describe('Return All at a rate limit that another process uses half of', () => {
	it('loses nothing', async () => {
		clerk = await startClerk({
			seed: { users: 10_000 },
			// Fewer than the pages that are requested at once.
			rateLimit: { limit: 10, windowMs: 2_000 },
		});
		let goesOn = true;
		let sentByOther = 0;
		const other = (async () => {
			while (goesOn) {
				await fetch(`${clerk.url}/users?limit=1`, {
					headers: { authorization: `Bearer ${clerk.liveSecretKey}` },
				}).then(async (response) => await response.text());
				sentByOther++;
				await realClock.wait(400);
			}
		})();
		try {
			const output = await runNode({
				credential: {
					secretKey: clerk.liveSecretKey,
					baseUrl: clerk.url,
					accessPolicy: 'full',
					rateLimitShare: 100,
				},
				parameters: [parametersOf('user')],
			});
			expect(new Set(output.map(({ json }) => json.id)).size).toBe(10_000);
			expect(output).toHaveLength(10_000);
			expect(clerk.requests.filter(({ status }) => status === 429).length).toBeGreaterThan(0);
			expect(sentByOther).toBeGreaterThan(5);
		} finally {
			goesOn = false;
			await other;
			await clerk.close();
		}
	}, 60_000);
});
