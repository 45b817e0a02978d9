import type { IDataObject } from 'n8n-workflow';

import { startClerk } from '../../../sandbox/clerk';
import { newMembership } from '../../../sandbox/clerk/records/membership';
import { newOrganization } from '../../../sandbox/clerk/records/organization';
import { newEmailAddress, newUser } from '../../../sandbox/clerk/records/user';
import { runNode } from '../../support/host';
import { churnRuns, seeded } from '../../support/random';

/** Lists of several pages that change while they are compared: with each request records go and come. */

type Clerk = Awaited<ReturnType<typeof startClerk>>;
type Row = Record<'id' | 'organization_id' | 'user_id', string>;
type Kind = 'user' | 'organization' | 'organizationMembership';

const RECORDS = 3_000;
const MINUTE = 60_000;
const START = Date.UTC(2025, 0, 1);

let clerk: Clerk;
let made: number;

const tableOf = {
	user: () => clerk.state.users,
	organization: () => clerk.state.organizations,
	organizationMembership: () => clerk.state.memberships,
};

/** Adds a record that is newer than all others. */
function add(kind: Kind): void {
	const { state } = clerk;
	const number = made++;
	const created_at = START + number * MINUTE;
	if (kind === 'organization') {
		state.organizations.insert(newOrganization(state, { name: `Team ${number}`, created_at }));
		return;
	}
	const email_addresses = [newEmailAddress(state, `u${number}@example.com`, { at: created_at })];
	const user = state.users.insert(newUser(state, { email_addresses, created_at }));
	if (kind === 'user') return;
	const organizations = state.organizations.rows;
	const { id: organization_id } = organizations[number % organizations.length];
	const role = 'org:member';
	state.memberships.insert(
		newMembership(state, { organization_id, user_id: user.id, role, created_at }),
	);
}

/** The row of a list that has the record. */
const rowOf = (kind: Kind, { id, organization_id, user_id }: Row): IDataObject =>
	kind === 'organizationMembership' ? { organization_id, user_id } : { id };

const rowsOf = (kind: Kind): IDataObject[] =>
	tableOf[kind]().rows.map((row) => rowOf(kind, row as never));

const idOf = (row: IDataObject) =>
	[row.id ?? '', row.organization_id ?? row.organizationId ?? '', row.user_id ?? row.userId ?? '']
		.join(' ')
		.trim();

/** Changes the table with each request. @returns what was removed, and what was added */
function churn(kind: Kind, seed: number) {
	const random = seeded(seed);
	const removed = new Set<string>();
	const added = new Set<string>();
	const { push } = Array.prototype;
	clerk.requests.push = (...entries) => {
		const table = tableOf[kind]();
		for (let left = Math.floor(random() * 10); left > 0; left--) {
			const row = table.rows[Math.floor(random() * table.size)];
			removed.add(idOf(rowOf(kind, row as never)));
			table.remove(row as never);
		}
		for (let more = Math.floor(random() * 5); more > 0; more--) {
			add(kind);
			added.add(idOf(rowsOf(kind)[table.size - 1]));
		}
		return push.apply(clerk.requests, entries) as number;
	};
	return { removed, added };
}

describe.each<Kind>(['user', 'organization', 'organizationMembership'])(
	'Compare With a List of %s, while records come and go',
	(kind) => {
		beforeEach(async () => {
			clerk = await startClerk({ seed: 'empty', rateLimit: false, latencyMs: 5 });
			made = 0;
			if (kind === 'organizationMembership') {
				for (const name of ['Acme', 'Blue', 'Cedar']) {
					clerk.state.organizations.insert(newOrganization(clerk.state, { name }));
				}
			}
			for (let count = 0; count < RECORDS; count++) add(kind);
		});

		afterEach(async () => await clerk.close());

		it.each(Array.from({ length: churnRuns() }, (_, run) => run + 1))(
			'reports no other records as gone or missing, run %i',
			async (run) => {
				const rows = rowsOf(kind);
				const out = new Set(rows.splice(100, 50).map(idOf));
				const { removed, added } = churn(kind, run);
				const output = await runNode({
					credential: {
						secretKey: clerk.liveSecretKey,
						baseUrl: clerk.url,
						accessPolicy: 'readOnly',
						rateLimitShare: 100,
					},
					parameters: {
						resource: kind,
						operation: 'compare',
						idField: 'id',
						organizationIdField: 'organization_id',
						userIdField: 'user_id',
						compareBy: 'presence',
						report: ['missing', 'changed', 'gone'],
						maxGone: RECORDS,
						maxGonePercent: 100,
						output: 'selectedFields',
						fields: ['id'],
					},
					items: rows.map((json) => ({ json })),
				});
				const idsOf = (action: string) =>
					output.filter(({ json }) => json.action === action).map(({ json }) => idOf(json));
				expect(removed.size).toBeGreaterThan(10);
				const gone = idsOf('gone');
				expect(gone.length).toBeGreaterThan(0);
				expect(gone.filter((id) => !removed.has(id))).toEqual([]);
				const missing = new Set(idsOf('missing'));
				expect([...missing].filter((id) => !out.has(id) && !added.has(id))).toEqual([]);
				expect([...out].filter((id) => !missing.has(id) && !removed.has(id))).toEqual([]);
			},
		);
	},
);
