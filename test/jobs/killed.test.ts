import {
	changesIn,
	cleanUpForm,
	membersIn,
	plantMembers,
	plantUsers,
	syncForm,
} from '../../bench/lib/bigJobs';
import { startClerk } from '../../sandbox/clerk';
import { newMembership } from '../../sandbox/clerk/records/membership';
import { newOrganization } from '../../sandbox/clerk/records/organization';
import { newSession } from '../../sandbox/clerk/records/session';
import { runNode } from '../support/host';
import { runAndKill } from '../support/killed';

/** Jobs whose process is killed half way, and that are started again. */

type Clerk = Awaited<ReturnType<typeof startClerk>>;
type Values = Record<string, unknown>;

jest.setTimeout(60_000);

let clerk: Clerk;

beforeEach(async () => {
	clerk = await startClerk({ seed: 'empty', latencyMs: 20 });
});

afterEach(async () => await clerk.close());

/** Few at once, so that there is a half way. */
const options = { concurrency: 4 };

/** Kills the job after half of the writes it takes, and starts it again. @returns what was different by then */
async function killAndRepeat(
	parameters: Values | Values[],
	items: Values[],
	changes: string[],
	half: number,
) {
	const given = {
		credential: {
			secretKey: clerk.liveSecretKey,
			baseUrl: clerk.url,
			accessPolicy: 'full',
			rateLimitShare: 100,
		},
		parameters,
		items: items.map((json) => ({ json })) as never,
	};
	await runAndKill(given, () => changes.length >= half);
	const byThen = changes.length;
	clerk.setLatency(0);
	await runNode(given);
	return byThen;
}

/** Writes that Clerk carried out, each as often as it did. */
const carriedOut = () =>
	clerk.requests
		.filter(({ method, status }) => method !== 'GET' && status !== null && status < 300)
		.map(({ method, path, rawBody }) => `${method} ${path} ${rawBody}`);

const expectNothingTwice = (changes: string[]) => {
	expect(changes).toHaveLength(new Set(changes).size);
	expect(carriedOut()).toHaveLength(new Set(carriedOut()).size);
};

it('Clean Up deletes the others, and nobody twice', async () => {
	const away = plantUsers(clerk, { users: 120, inactive: 40 });
	const stayed = clerk.state.users.rows.map(({ id }) => id).filter((id) => !away.includes(id));
	const changes = changesIn(clerk);
	const parameters = { ...cleanUpForm({ users: 120 }), measure: 'delete', options };

	const byThen = await killAndRepeat(parameters, [{}], changes, 20);

	expect(byThen).toBeLessThan(40);
	expect(clerk.state.users.rows.map(({ id }) => id)).toEqual(stayed);
	expect([...changes].sort()).toEqual(away.map((id) => `user ${id} deleted`).sort());
	expectNothingTwice(changes);
	expect(carriedOut()).toHaveLength(40);
});

it('Sync makes the other changes, and none twice', async () => {
	const wanted = plantMembers(clerk, { members: 100, differences: 50 });
	const changes = changesIn(clerk);
	const parameters = wanted.map(({ email, role }) => ({
		...syncForm,
		matchValue: email,
		role: { ...syncForm.role, value: role },
		options,
	}));

	const byThen = await killAndRepeat(parameters, wanted, changes, 25);

	expect(byThen).toBeLessThan(50);
	const lines = membersIn(clerk).map(({ email, role }) => `${email} ${role}`);
	expect(lines.sort()).toEqual(wanted.map(({ email, role }) => `${email} ${role}`).sort());
	expectNothingTwice(changes);
	expect(carriedOut()).toHaveLength(50);
});

it('Offboard takes up the users that are left, at the step where it was', async () => {
	const leavers = plantUsers(clerk, { users: 12, inactive: 6 });
	const { state } = clerk;
	const stayed = state.users.rows.map(({ id }) => id).filter((id) => !leavers.includes(id));
	for (const name of ['Acme', 'Pine', 'Kite']) {
		const { id } = state.organizations.insert(newOrganization(state, { name }));
		for (const userId of [stayed[0], ...leavers]) {
			const role = userId === stayed[0] ? 'org:admin' : 'org:member';
			state.memberships.insert(
				newMembership(state, { organization_id: id, user_id: userId, role }),
			);
		}
	}
	for (const user_id of leavers) state.sessions.insert(newSession(state, { user_id }));
	const changes = changesIn(clerk);
	const parameters = leavers.map((value) => ({
		resource: 'user',
		operation: 'offboard',
		userId: { __rl: true, mode: 'id', value },
		removeFrom: 'all',
		measure: 'delete',
		dryRun: false,
		options: { ...options, ifNotFound: 'empty' },
	}));

	// A session, three memberships and the account of each: in the middle of the fourth.
	const byThen = await killAndRepeat(
		parameters,
		leavers.map(() => ({})),
		changes,
		17,
	);

	expect(byThen).toBeLessThan(30);
	expect(state.users.rows.map(({ id }) => id)).toEqual(stayed);
	expect(state.memberships.rows.map(({ user_id: id }) => id)).toEqual([
		stayed[0],
		stayed[0],
		stayed[0],
	]);
	expectNothingTwice(changes);
	expect(carriedOut()).toHaveLength(30);
});
