import { startClerk } from '../../../sandbox/clerk';
import { newMembership } from '../../../sandbox/clerk/records/membership';
import { newOrganization } from '../../../sandbox/clerk/records/organization';
import { newEmailAddress, newUser } from '../../../sandbox/clerk/records/user';
import { runNode } from '../../support/host';
import { runAndKill } from '../../support/killed';

jest.setTimeout(60_000);

let clerk: Awaited<ReturnType<typeof startClerk>>;

beforeEach(async () => {
	clerk = await startClerk({ seed: 'company', latencyMs: 20 });
});

afterEach(async () => await clerk.close());

it('Clean Up Test Data that was killed half way deletes the rest when it runs again, and none twice', async () => {
	const { state } = clerk;
	const people = state.users.rows.map(({ id }) => id);
	const organizations = state.organizations.rows.map(({ id }) => id);
	const at = state.clock() - 5 * 3_600_000;
	for (let run = 0; run < 12; run++) {
		const [first, second] = ['a', 'b'].map((name) => {
			const address = `${name}${run}+clerk_test@example.com`;
			const email_addresses = [newEmailAddress(state, address, { at })];
			return state.users.insert(newUser(state, { email_addresses, created_at: at })).id;
		});
		const { id } = state.organizations.insert(newOrganization(state, { name: `Run ${run}` }));
		for (const user_id of [first, second]) {
			const membership = { organization_id: id, user_id, role: 'org:admin' };
			state.memberships.insert(newMembership(state, membership));
		}
	}
	const given = {
		credential: {
			secretKey: clerk.secretKey,
			baseUrl: clerk.url,
			accessPolicy: 'full',
			rateLimitShare: 100,
		},
		parameters: {
			resource: 'user',
			operation: 'cleanUpTestData',
			cleanUpTestDataMode: 'apply',
			olderThan: 2,
			testOrganizations: 'emptied',
			maxUsers: 100,
			maxOrganizations: 100,
			additionalFields: {},
			options: { concurrency: 4 },
		},
		items: [{ json: {} }] as never,
	};
	const deletions = () =>
		clerk.requests
			.filter(({ method, status }) => method === 'DELETE' && status === 200)
			.map(({ path }) => path);

	// In the middle of the organizations, so that users wait; then in the middle of the users.
	for (const half of [6, 20]) await runAndKill(given, () => deletions().length >= half);
	expect(deletions().length).toBeLessThan(36);
	clerk.setLatency(0);
	await runNode(given);

	expect(state.users.rows.map(({ id }) => id)).toEqual(people);
	expect(state.organizations.rows.map(({ id }) => id)).toEqual(organizations);
	expect(deletions()).toHaveLength(36);
	expect(new Set(deletions()).size).toBe(36);
});
