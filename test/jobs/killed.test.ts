import {
	changesIn,
	cleanUpForm,
	membersIn,
	plantMembers,
	plantUsers,
	syncForm,
} from '../support/bigJobs';
import { startClerk } from '../../sandbox/clerk';
import { newMembership } from '../../sandbox/clerk/records/membership';
import { newOrganization } from '../../sandbox/clerk/records/organization';
import { newSession } from '../../sandbox/clerk/records/session';
import { runNode } from '../support/host';
import { liveCredential } from '../support/jobs';
import { runAndKill } from '../support/killed';

type Clerk = Awaited<ReturnType<typeof startClerk>>;
type Values = Record<string, unknown>;

jest.setTimeout(60_000);

let clerk: Clerk;

beforeEach(async () => {
	clerk = await startClerk({ seed: 'empty', latencyMs: 20 });
});

afterEach(async () => await clerk.close());

/** Low, so that the job is killed between its writes. */
const options = { concurrency: 4 };

/** Kills the job after half of its writes, and runs it again. @returns the number of changes before that */
async function killAndRepeat(
	parameters: Values | Values[],
	items: Values[],
	changes: string[],
	half: number,
) {
	const given = {
		credential: liveCredential(clerk),
		parameters,
		items: items.map((json) => ({ json })) as never,
	};
	await runAndKill(given, () => changes.length >= half);
	const before = changes.length;
	clerk.setLatency(0);
	await runNode(given);
	return before;
}

/** Writes that succeeded. */
const succeededWrites = () =>
	clerk.requests
		.filter(({ method, status }) => method !== 'GET' && status !== null && status < 300)
		.map(({ method, path, rawBody }) => `${method} ${path} ${rawBody}`);

const expectNothingTwice = (changes: string[]) => {
	expect(changes).toHaveLength(new Set(changes).size);
	expect(succeededWrites()).toHaveLength(new Set(succeededWrites()).size);
};

it('Clean Up that was killed half way deletes the other users when it runs again, and none twice', async () => {
	const inactive = plantUsers(clerk, { users: 120, inactive: 40 });
	const stayed = clerk.state.users.rows.map(({ id }) => id).filter((id) => !inactive.includes(id));
	const changes = changesIn(clerk);
	const parameters = { ...cleanUpForm({ users: 120 }), measure: 'delete', options };

	const before = await killAndRepeat(parameters, [{}], changes, 20);

	expect(before).toBeLessThan(40);
	expect(clerk.state.users.rows.map(({ id }) => id)).toEqual(stayed);
	expect([...changes].sort()).toEqual(inactive.map((id) => `user ${id} deleted`).sort());
	expectNothingTwice(changes);
	expect(succeededWrites()).toHaveLength(40);
});

it('Sync that was killed half way makes the other changes when it runs again, and none twice', async () => {
	const wanted = plantMembers(clerk, { members: 100, differences: 50 });
	const changes = changesIn(clerk);
	const parameters = wanted.map(({ email, role }) => ({
		...syncForm,
		matchValue: email,
		role: { ...syncForm.role, value: role },
		options,
	}));

	const before = await killAndRepeat(parameters, wanted, changes, 25);

	expect(before).toBeLessThan(50);
	const lines = membersIn(clerk).map(({ email, role }) => `${email} ${role}`);
	expect(lines.sort()).toEqual(wanted.map(({ email, role }) => `${email} ${role}`).sort());
	expectNothingTwice(changes);
	expect(succeededWrites()).toHaveLength(50);
});

it('Offboard that was killed half way goes on at the same step when it runs again', async () => {
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
		accountAction: 'delete',
		offboardMode: 'apply',
		options: { ...options, ifNotFound: 'empty' },
	}));

	// A session, three memberships and the account of each: in the middle of the fourth.
	const before = await killAndRepeat(
		parameters,
		leavers.map(() => ({})),
		changes,
		17,
	);

	expect(before).toBeLessThan(30);
	expect(state.users.rows.map(({ id }) => id)).toEqual(stayed);
	expect(state.memberships.rows.map(({ user_id: id }) => id)).toEqual([
		stayed[0],
		stayed[0],
		stayed[0],
	]);
	expectNothingTwice(changes);
	expect(succeededWrites()).toHaveLength(30);
});
