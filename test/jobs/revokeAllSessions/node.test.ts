import { startClerk } from '../../../sandbox/clerk';
import { runNode } from '../../support/host';
import { by, liveCredential } from '../../support/jobs';

type Clerk = Awaited<ReturnType<typeof startClerk>>;
type Values = Record<string, unknown>;

let clerk: Clerk;

beforeEach(async () => {
	clerk = await startClerk({ seed: 'company', rateLimit: false });
});

afterEach(async () => await clerk.close());

const userOf = (email: string) => clerk.state.users.where('email_address', email)[0];

const writes = () => clerk.requests.filter(({ method }) => method !== 'GET');

const ELIF = 'elif.yilmaz@example.com';

const run = async (values: Values, accessPolicy = 'full') => {
	const output = await runNode({
		credential: liveCredential(clerk, { accessPolicy }),
		parameters: {
			resource: 'user',
			operation: 'revokeAllSessions',
			userId: by('emailAddress', ELIF),
			revokeAllSessionsMode: 'apply',
			options: {},
			...values,
		},
	});
	return output.map(({ json }) => json);
};

const openSessions = (id: string) =>
	clerk.state.sessions.where('user_id', id).filter(({ status }) => status === 'active');

describe('User: Revoke All Sessions', () => {
	it('revokes the open sessions, and nothing the second time', async () => {
		const { id } = userOf(ELIF);
		expect(await run({})).toMatchObject([
			{ action: 'revokeSession', status: 'done', reason: 'The session is active', userId: id },
			{ action: 'summary', reason: `Sign out Elif Yilmaz (${ELIF}): revoke session 1` },
		]);
		expect(openSessions(id)).toEqual([]);
		expect(await run({})).toEqual([
			{
				action: 'revokeSession',
				name: 'Elif Yilmaz',
				emailAddress: ELIF,
				organization: null,
				status: 'skipped',
				reason: 'The user has no open session',
				target: id,
				userId: id,
				dryRun: false,
			},
			expect.objectContaining({ action: 'summary', status: 'done' }),
		]);
		expect(writes()).toHaveLength(1);
	});

	it('revokes 120 sessions, pending ones too', async () => {
		const { id } = userOf(ELIF);
		const [session] = openSessions(id);
		for (let number = 0; number < 120; number++) {
			const status = number % 2 ? 'active' : 'pending';
			clerk.state.sessions.insert({ ...session, id: `sess_extra${number}`, status });
		}
		const rows = await run({});
		expect(new Set(rows.slice(0, -1).map(({ action, status }) => `${action} ${status}`))).toEqual(
			new Set(['revokeSession done']),
		);
		expect(rows).toHaveLength(122);
		expect(clerk.state.sessions.where('user_id', id).map(({ status }) => status)).not.toContain(
			'pending',
		);
	});

	it('only reports the sessions in a dry run, under every policy', async () => {
		expect(await run({ revokeAllSessionsMode: 'plan' }, 'readOnly')).toMatchObject([
			{ action: 'revokeSession', status: 'planned', dryRun: true },
			{ action: 'summary', status: 'planned', dryRun: true },
		]);
		expect(writes()).toEqual([]);
	});
});
