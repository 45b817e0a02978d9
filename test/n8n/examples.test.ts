import { APPLIED } from '../../sandbox/n8n/examples';
import { openN8n, startClerk } from './support';
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

			const run = await n8n.runExample('cleanUp', APPLIED);

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

			const { data } = await n8n.runExample('cleanUp', APPLIED);

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

			await n8n.runExample('cleanUp', APPLIED);

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

			const { data } = await n8n.runExample('cleanUp', APPLIED);

			expect(data.Summary[0].json).toEqual({ usersFound: 8, usersBanned: 8, sessionsRevoked: 0 });
		});

		it('finds nobody when it is run again', async () => {
			const n8n = await openN8n(clerk);
			await n8n.runExample('cleanUp', APPLIED);

			const again = await n8n.runExample('cleanUp', APPLIED);

			expect(again.status).toBe('success');
			expect(again.data['Get Inactive Users']).toEqual([]);
		});

		it('as imported changes nothing, and has a row for everybody it would ban', async () => {
			leaveSignedIn(clerk, 'dana.levi@example.com', 2);
			const n8n = await openN8n(clerk);

			const { status, data, error } = await n8n.runExample('cleanUp');

			expect(error).toBeUndefined();
			expect(status).toBe('success');
			const rows = data['One Row per User'].map(({ json }) => json);
			expect(rows.map(({ email }) => email).sort()).toEqual(AWAY_FOR_90_DAYS);
			expect(data.Summary.map(({ json }) => json)).toEqual([
				{ usersFound: 8, usersBanned: 0, sessionsRevoked: 0 },
			]);
			expect(clerk.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
		});

		it('changes nothing with a credential that only reads', async () => {
			const before = bannedIn(clerk);
			const n8n = await openN8n(clerk, 'readOnly');

			const run = await n8n.runExample('cleanUp', APPLIED);

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

	describe('Onboard a team', () => {
		const PEOPLE = [
			'lena.fischer@northwind.example.com',
			'marco.rossi@northwind.example.com',
			'sofia.lindqvist@northwind.example.com',
		];

		it('creates the organization with its owner, and invites the list in one call', async () => {
			const n8n = await openN8n(clerk);

			const run = await n8n.runExample('onboard');

			expect(run.error).toBeUndefined();
			expect(run.status).toBe('success');
			const [organization] = clerk.state.organizations.rows.filter(
				({ name }) => name === 'Northwind Traders',
			);
			const [ada] = clerk.state.users.rows.filter(
				(user) => emailOf(user) === 'ada.berg@example.com',
			);
			expect(clerk.state.memberships.where('organization_id', organization.id)).toMatchObject([
				{ user_id: ada.id, role: 'org:admin' },
			]);
			const invited = clerk.state.organizationInvitations.where('organization_id', organization.id);
			expect(invited.map(({ email_address, role }) => [email_address, role])).toEqual([
				[PEOPLE[0], 'org:admin'],
				[PEOPLE[1], 'org:member'],
				[PEOPLE[2], 'org:member'],
			]);
			const calls = clerk.requests.filter(({ path }) => path.endsWith('/invitations/bulk'));
			expect(calls).toHaveLength(1);
			expect(run.data['One Row per Invitation'].map(({ json }) => json)).toEqual(
				PEOPLE.map((email, index) => ({
					email,
					role: index === 0 ? 'org:admin' : 'org:member',
					status: 'pending',
					expires: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
				})),
			);
		});
	});

	describe('Find and update a user', () => {
		it('changes the only one that is found', async () => {
			const n8n = await openN8n(clerk);

			const run = await n8n.runExample('findAndUpdate');

			expect(run.error).toBeUndefined();
			expect(run.data['Update User'][0].json).toMatchObject({
				fullName: 'Greta Holm-Larsen',
				publicMetadata: { plan: 'enterprise', preferences: { theme: 'dark', language: 'en' } },
				success: true,
			});
			const changed = clerk.state.users.rows.filter(({ last_name }) => last_name === 'Holm-Larsen');
			expect(changed.map(emailOf)).toEqual(['greta.holm@example.com']);
		});

		it.each([
			['no user', 'greta.holm@example.com', 'somebody.else@example.com'],
			['more than one user', 'ada.berg@example.com', 'greta.holm2@example.com'],
		])('stops when it finds %s', async (found, email, becomes) => {
			const user = clerk.state.users.rows.find((each) => emailOf(each) === email);
			user!.email_addresses[0].email_address = becomes;
			const n8n = await openN8n(clerk);

			const run = await n8n.runExample('findAndUpdate');

			expect(run.status).toBe('error');
			expect(JSON.stringify(run.error)).toContain(`found ${found}`);
			expect(clerk.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
		});
	});

	describe('Audit memberships', () => {
		it('has a row for every member of every organization, and only reads', async () => {
			const n8n = await openN8n(clerk, 'readOnly');

			const { status, data, error } = await n8n.runExample('audit');

			expect(error).toBeUndefined();
			expect(status).toBe('success');
			const rows = data['By Organization'].map(({ json }) => json);
			expect(rows).toHaveLength(clerk.state.memberships.rows.length);
			const harbour = rows.filter(({ organization }) => organization === 'Harbour Labs');
			expect(harbour).toContainEqual({
				organization: 'Harbour Labs',
				member: 'Ada Berg',
				email: 'ada.berg@example.com',
				role: 'org:admin',
				since: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
			});
			expect(clerk.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
		});

		it('shows an organization that nobody belongs to', async () => {
			const [kite] = clerk.state.organizations.where('slug', 'blue-kite');
			for (const membership of [...clerk.state.memberships.where('organization_id', kite.id)]) {
				clerk.state.memberships.remove(membership);
			}
			const n8n = await openN8n(clerk, 'readOnly');

			const { data } = await n8n.runExample('audit');

			const rows = data['By Organization'].map(({ json }) => json);
			expect(rows.filter(({ organization }) => organization === kite.name)).toEqual([
				{ organization: 'Blue Kite Studio', member: '', email: '', role: '', since: '' },
			]);
		});
	});
});
