import { openN8n, startClerk } from '../../sandbox/n8n/testing';
import { newSession } from '../../sandbox/clerk/records/session';

type Clerk = Awaited<ReturnType<typeof startClerk>>;

const AWAY_FOR_90_DAYS = [
	'bruno.costa@example.com',
	'dana.levi@example.com',
	'farid.haddad@example.com',
	'ines.moreau@example.com',
	'noor.rahman@example.com',
	'oskar.lind@example.com',
	'quentin.faure@example.com',
	'tove.dahl@example.com',
];

const emailOf = (user: Clerk['state']['users']['rows'][number]): string =>
	String(user.email_addresses[0].email_address);

const bannedIn = (clerk: Clerk): string[] =>
	clerk.state.users.rows
		.filter(({ banned }) => banned)
		.map(emailOf)
		.sort();

const activeSessionsOf = (clerk: Clerk, emails: string[]) =>
	clerk.state.users.rows
		.filter((user) => emails.includes(emailOf(user)))
		.flatMap(({ id }) => clerk.state.sessions.where('user_id', id))
		.filter(({ status }) => status === 'active');

/** Somebody who is away, but signed in on devices that were never used again. */
function leaveSignedIn(clerk: Clerk, email: string, devices: number): void {
	const user = clerk.state.users.rows.find((each) => emailOf(each) === email);
	for (let device = 0; device < devices; device++) {
		clerk.state.sessions.insert(newSession(clerk.state, { user_id: String(user?.id) }));
	}
}

describe('the examples, in a real n8n', () => {
	let clerk: Clerk;

	beforeEach(async () => {
		clerk = await startClerk({ seed: 'company' });
	});

	afterEach(async () => await clerk.close());

	describe('Clean up inactive users', () => {
		it('bans who was away for 90 days and revokes their sessions', async () => {
			leaveSignedIn(clerk, 'dana.levi@example.com', 2);
			leaveSignedIn(clerk, 'noor.rahman@example.com', 1);
			const openBefore = activeSessionsOf(clerk, AWAY_FOR_90_DAYS).length;
			const bannedBefore = bannedIn(clerk);
			const n8n = await openN8n(clerk);

			const run = await n8n.runExample('cleanUp');

			expect(run.error).toBeUndefined();
			expect(run.status).toBe('success');
			expect(bannedIn(clerk)).toEqual([...AWAY_FOR_90_DAYS, ...bannedBefore].sort());
			expect(activeSessionsOf(clerk, AWAY_FOR_90_DAYS)).toEqual([]);
			expect(run.data.Summary.map(({ json }) => json)).toEqual([
				{ usersFound: 8, usersBanned: 8, sessionsRevoked: openBefore },
			]);
		});

		it('has one row for each user, with the sessions that were theirs', async () => {
			leaveSignedIn(clerk, 'dana.levi@example.com', 2);
			const open = activeSessionsOf(clerk, ['dana.levi@example.com']).length;
			const n8n = await openN8n(clerk);

			const { data } = await n8n.runExample('cleanUp');

			const rows = data['One Row per User'].map(({ json }) => json);
			expect(rows.map(({ email }) => email).sort()).toEqual(AWAY_FOR_90_DAYS);
			expect(rows.find(({ email }) => email === 'dana.levi@example.com')).toEqual({
				name: 'Dana Levi',
				email: 'dana.levi@example.com',
				lastActive: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
				banned: true,
				sessionsRevoked: open,
			});
		});

		it('asks for sessions before it bans, as a ban would end them uncounted', async () => {
			const n8n = await openN8n(clerk);

			await n8n.runExample('cleanUp');

			const paths = clerk.requests.map(({ path }) => path);
			const lastListed = paths.lastIndexOf('/sessions');
			const firstBan = paths.findIndex((path) => path.endsWith('/ban'));
			expect(lastListed).toBeGreaterThan(-1);
			expect(firstBan).toBeGreaterThan(lastListed);
		});

		it('gives a summary when nobody has a session left', async () => {
			for (const session of activeSessionsOf(clerk, AWAY_FOR_90_DAYS)) {
				clerk.state.sessions.update(session, { status: 'expired' });
			}
			const n8n = await openN8n(clerk);

			const { data } = await n8n.runExample('cleanUp');

			expect(data.Summary[0].json).toEqual({ usersFound: 8, usersBanned: 8, sessionsRevoked: 0 });
		});

		it('finds nobody when it is run again', async () => {
			const n8n = await openN8n(clerk);
			await n8n.runExample('cleanUp');

			const again = await n8n.runExample('cleanUp');

			expect(again.status).toBe('success');
			expect(again.data['Get Inactive Users']).toEqual([]);
		});

		it('changes nothing with a credential that only reads', async () => {
			const before = bannedIn(clerk);
			const n8n = await openN8n(clerk, 'readOnly');

			const run = await n8n.runExample('cleanUp');

			expect(run.status).toBe('error');
			expect(bannedIn(clerk)).toEqual(before);
			expect(clerk.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
		});
	});

	describe('Report inactive users', () => {
		it('lists who was away for 90 days, longest first, and only reads', async () => {
			const n8n = await openN8n(clerk, 'readOnly');

			const { status, data } = await n8n.runExample('report');

			expect(status).toBe('success');
			const rows = data['Longest Away First'].map(({ json }) => json);
			expect(rows.map(({ email }) => email).sort()).toEqual(AWAY_FOR_90_DAYS);
			const days = rows.map(({ daysAway }) => Number(daysAway));
			expect(days).toEqual([...days].sort((a, b) => b - a));
			expect(clerk.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
		});
	});
});
