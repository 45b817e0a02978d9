import { startClerk } from '../../sandbox/clerk';
import type { Clerk } from '../../sandbox/clerk';
import { routes } from '../../sandbox/clerk/resources/signIn';
import { callerOf, openApiDocument } from '../support/openapi';
import { unjudged } from '../support/unjudged';

const document = openApiDocument();
const judged = new Set<string>();

let clerk: Clerk;
let call: ReturnType<typeof callerOf>;
let ada: string;
let mei: string;

beforeEach(async () => {
	clerk = await startClerk({ rateLimit: false });
	call = callerOf(clerk, document, judged);
	[ada = '', mei = ''] = ['ada.berg', 'mei.chen'].map(
		(name) => clerk.state.users.where('email_address', `${name}@example.com`)[0]?.id ?? '',
	);
});

afterEach(async () => await clerk.close());

it('clients are known by their sessions', async () => {
	const session = clerk.state.sessions.where('user_id', ada).at(-1);
	const client = (await call(`GET /clients/${session?.client_id}`)).body;
	expect(client).toMatchObject({ session_ids: [session?.id], last_active_session_id: session?.id });
	const { jwt } = (await call(`POST /sessions/${session?.id}/tokens`)).body;
	expect((await call('POST /clients/verify', { body: { token: jwt } })).body).toEqual(client);
	expect((await call('POST /clients/verify', { body: { token: 'x' } })).status).toBe(400);
	expect((await call('GET /clients/client_x')).status).toBe(404);
	const page = (await call('GET /clients', { query: { paginated: true, limit: 2 } })).body;
	expect(page.data).toHaveLength(2);
	expect((await call('GET /clients', { query: { limit: 2 } })).body).toEqual(page.data);
});

it('sign-ups are read and changed', async () => {
	const id = clerk.state.signUps.rows[0]?.id;
	const body = { external_id: '4711', custom_action: true };
	expect((await call(`PATCH /sign_ups/${id}`, { body })).body).toMatchObject(body);
	const cleared = await call(`PATCH /sign_ups/${id}`, { body: { external_id: null } });
	expect(cleared.body).toMatchObject({ external_id: null, custom_action: true });
	expect((await call(`GET /sign_ups/${id}`)).body).toEqual(cleared.body);
	expect((await call('GET /sign_ups/sua_x')).status).toBe(404);
});

it('sign-in tokens are made for a user, and revoked once', async () => {
	const create = async (body: object) => await call('POST /sign_in_tokens', { body });
	const org_id = clerk.state.memberships.where('user_id', ada)[0]?.organization_id;
	const { body } = await create({ user_id: ada, org_id, expires_in_seconds: 60 });
	expect(body).toMatchObject({ status: 'pending', user_id: ada });
	const revoke = async () => await call(`POST /sign_in_tokens/${body.id}/revoke`);
	expect((await revoke()).body.status).toBe('revoked');
	expect((await revoke()).status).toBe(400);
	expect((await create({ user_id: 'user_x' })).status).toBe(404);
	expect((await create({ user_id: ada, org_id: 'org_x' })).status).toBe(422);
});

it('actor tokens say who acts', async () => {
	const actor = { sub: mei, reason: 'ticket' };
	const { body } = await call('POST /actor_tokens', { body: { user_id: ada, actor } });
	expect(body).toMatchObject({ status: 'pending', user_id: ada, actor });
	expect((await call(`POST /actor_tokens/${body.id}/revoke`)).body.status).toBe('revoked');
	const nobody = { user_id: ada, actor: {} };
	expect((await call('POST /actor_tokens', { body: nobody })).status).toBe(422);
});

it('agent tasks are for one user, by one agent', async () => {
	const task = {
		permissions: '*',
		agent_name: 'Invoices',
		task_description: 'Get them',
		redirect_url: 'https://app.example.com',
	};
	const create = async (on_behalf_of: object) =>
		await call('POST /agents/tasks', { body: { ...task, on_behalf_of } });
	const first = (await create({ user_id: ada })).body;
	const second = (await create({ identifier: 'mei.chen@example.com' })).body;
	expect(second.agent_id).toBe(first.agent_id);
	expect(second.agent_task_id).not.toBe(first.agent_task_id);
	for (const on_behalf_of of [{}, { user_id: ada, identifier: 'mei.chen@example.com' }]) {
		const { status, body } = await create(on_behalf_of);
		expect([status, body.errors.length]).toEqual([422, 1]);
		expect(body.errors[0]).toMatchObject({
			long_message: 'on_behalf_of needs exactly one of user_id and identifier.',
			meta: { param_name: 'on_behalf_of' },
		});
	}
	const revoked = (await call(`POST /agents/tasks/${first.agent_task_id}/revoke`)).body;
	expect(revoked.url).toBeUndefined();
});

it('testing tokens end', async () => {
	const { body } = await call('POST /testing_tokens');
	expect(body.token).toMatch(new RegExp(`^${body.expires_at}-`));
});

if (document) {
	test('the document has judged a response of every route', () => {
		expect(unjudged(routes, judged)).toEqual([]);
	});
}
