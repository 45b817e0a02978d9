import { startClerk } from '../../sandbox/clerk';
import type { Clerk } from '../../sandbox/clerk';
import { routes as machines } from '../../sandbox/clerk/resources/machines';
import { routes as organizationDomains } from '../../sandbox/clerk/resources/organizationDomains';
import { routes as roles } from '../../sandbox/clerk/resources/roles';
import { callerOf, openApiDocument } from '../support/openapi';

/** Roles, permissions, role sets and domains of organizations; machines, their tokens, and API keys. */

const routes = {
	...machines,
	...organizationDomains,
	...roles,
};

const document = openApiDocument();
const judged = new Set<string>();

let clerk: Clerk;
let now: number;
let call: ReturnType<typeof callerOf>;

beforeEach(async () => {
	now = Date.now();
	clerk = await startClerk({ rateLimit: false, clock: () => now });
	call = callerOf(clerk, document, judged);
});

afterEach(async () => await clerk.close());

/** The response's body, of a request that must succeed. */
const ask = async (...given: Parameters<typeof call>) => {
	const { status, body } = await call(...given);
	expect([given[0], status, body]).toEqual([given[0], status < 300 ? status : 200, body]);
	return body;
};

const refused = async (...given: Parameters<typeof call>) => (await call(...given)).status;

const organizationId = () => clerk.state.organizations.where('slug', 'pine-co')[0]!.id;

const namesOf = ({ data }: { data: Array<{ name: string }> }) => data.map(({ name }) => name);

test('permissions are made, found, changed and deleted; those of the system stay', async () => {
	const body = { name: 'Send invoices', key: 'org:invoices:send' };
	const { id } = await ask('POST /organization_permissions', { body });
	expect(await refused('POST /organization_permissions', { body })).toBe(422);
	expect(await ask(`GET /organization_permissions/${id}`)).toMatchObject({ ...body, type: 'user' });
	const found = await ask('GET /organization_permissions', {
		query: { query: 'invoices', order_by: '+name' },
	});
	expect(namesOf(found)).toEqual(['Manage invoices', 'Send invoices']);

	const role = clerk.state.roles.where('key', 'org:billing')[0]!;
	await ask(`POST /organization_roles/${role.id}/permissions/${id}`);
	const change = { key: 'org:bills:send' };
	await ask(`PATCH /organization_permissions/${id}`, { body: change });
	expect(role.permissions).toContain('org:bills:send');
	await ask(`DELETE /organization_permissions/${id}`);
	expect(role.permissions).not.toContain('org:bills:send');
	expect(await refused(`GET /organization_permissions/${id}`)).toBe(404);

	const system = clerk.state.permissions.rows[0]!.id;
	expect(await refused(`DELETE /organization_permissions/${system}`)).toBe(403);
});

test('roles have permissions, and are deleted only when nobody has them', async () => {
	const permission = clerk.state.permissions.where('key', 'org:invoices:manage')[0]!.id;
	const body = { name: 'Sales', key: 'org:sales', include_in_initial_role_set: true };
	const role = await ask('POST /organization_roles', { body });
	expect(clerk.state.roleSets.where('key', 'role_set:default')[0]!.roles).toContain('org:sales');

	const line = `/organization_roles/${role.id}`;
	const given = await ask(`POST ${line}/permissions/${permission}`);
	expect(given.permissions).toMatchObject([{ key: 'org:invoices:manage' }]);
	expect(await refused(`POST ${line}/permissions/${permission}`)).toBe(409);
	expect((await ask(`DELETE ${line}/permissions/${permission}`)).permissions).toEqual([]);
	expect(await refused(`DELETE ${line}/permissions/${permission}`)).toBe(404);

	const changed = { description: 'Sells', permissions: [permission], name: null };
	await ask(`PATCH ${line}`, { body: changed });
	expect(await ask(`GET ${line}`)).toMatchObject({ name: 'Sales', description: 'Sells' });
	expect(namesOf(await ask('GET /organization_roles'))).toContain('Sales');
	await ask(`DELETE ${line}`);
	const member = clerk.state.roles.where('key', 'org:member')[0]!.id;
	expect(await refused(`DELETE /organization_roles/${member}`)).toBe(422);
});

test("a role's new key reaches those who have it", async () => {
	const { id } = clerk.state.roles.where('key', 'org:member')[0]!;
	await ask(`PATCH /organization_roles/${id}`, { body: { key: 'org:colleague' } });
	const roles = clerk.state.memberships.rows.map(({ role }) => role);
	expect(roles).not.toContain('org:member');
	expect(roles).toContain('org:colleague');
});

test('role sets are made, changed, and give their organizations to another', async () => {
	const body = {
		name: 'Big Teams',
		roles: ['org:admin', 'org:member'],
		default_role_key: 'org:member',
		creator_role_key: 'org:admin',
	};
	const set = await ask('POST /role_sets', { body });
	expect(set).toMatchObject({ key: 'role_set:big_teams', type: 'custom' });
	const outside = { ...body, key: 'role_set:x', default_role_key: 'org:billing' };
	expect(await refused('POST /role_sets', { body: outside })).toBe(422);

	const added = await ask(`POST /role_sets/${set.id}/roles`, {
		body: { role_keys: ['org:billing'], default_role_key: 'org:billing' },
	});
	expect(added.default_role).toMatchObject({ key: 'org:billing', has_members: false });
	await ask('PATCH /role_sets/role_set:big_teams', { body: { type: 'initial', name: null } });
	expect((await ask('GET /role_sets/role_set:default')).type).toBe('custom');
	expect(namesOf(await ask('GET /role_sets', { query: { query: 'team' } }))).toHaveLength(2);

	const team = '/role_sets/role_set:team';
	const swap = { role_key: 'org:member', to_role_key: 'org:billing' };
	const swapped = await ask(`POST ${team}/roles/replace`, { body: swap });
	expect(swapped.roles.map(({ key }: { key: string }) => key)).toEqual([
		'org:admin',
		'org:billing',
	]);
	expect(swapped.default_role).toMatchObject({ key: 'org:billing', has_members: true });

	const dest = { dest_role_set_key: 'role_set:default' };
	expect(await refused(`POST ${team}/replace`, { body: dest })).toBe(422);
	const mappings = { reassignment_mappings: { 'org:billing': 'org:member' } };
	await ask(`POST ${team}/replace`, { body: { ...dest, ...mappings } });
	const pine = clerk.state.organizations.get(organizationId());
	expect(pine?.role_set_key).toBe('role_set:default');
	expect(await refused(`GET ${team}`)).toBe(404);
});

test('domains belong to one organization, and are listed in all', async () => {
	const line = `/organizations/${organizationId()}/domains`;
	const body = { name: 'pine.test', enrollment_mode: 'enterprise_sso', verified: false };
	const { id } = await ask(`POST ${line}`, { body });
	expect(await refused(`POST ${line}`, { body })).toBe(422);
	expect(await refused(`POST ${line}`, { body: {} })).toBe(422);

	const unverified = { verified: 'false', enrollment_mode: '-automatic_suggestion' };
	expect(namesOf(await ask(`GET ${line}`, { query: unverified }))).toEqual(['pine.test']);
	const proven = await ask(`POST ${line}/${id}/verify_ownership`);
	expect(proven.ownership_verification).toMatchObject({ strategy: 'manual_override' });
	await ask(`PATCH ${line}/${id}`, { body: { enrollment_mode: null, verified: true } });

	const listed = async (query: Record<string, string | string[]>) =>
		namesOf(await ask('GET /organization_domains', { query }));
	expect(await listed({ query: 'PINE', order_by: 'name' })).toEqual(['pine.example', 'pine.test']);
	expect(await listed({ query: organizationId() })).toHaveLength(2);
	expect(await listed({ enrollment_mode: 'enterprise_sso,manual_invitation' })).toHaveLength(2);
	expect(await listed({ domains: ['pine.test', 'harbour.example'] })).toHaveLength(2);

	await ask(`DELETE ${line}/${id}`);
	expect(await refused(`DELETE ${line}/${id}`)).toBe(404);
});

test('machines call each other as their scopes say, with keys that rotate', async () => {
	const ledger = clerk.state.machines.rows[0]!.id;
	const body = { name: 'Mailer', scoped_machines: [ledger], default_token_ttl: 60 };
	const { id, secret_key: first } = await ask('POST /machines', { body });
	expect(await ask(`GET /machines/${id}`)).toMatchObject({ scoped_machines: [{ id: ledger }] });
	expect(namesOf(await ask('GET /machines', { query: { order_by: '+name' } }))).toEqual([
		'Billing worker',
		'Ledger',
		'Mailer',
	]);
	const scope = { body: { to_machine_id: ledger } };
	expect(await refused(`POST /machines/${id}/scopes`, scope)).toBe(409);
	await ask(`DELETE /machines/${id}/scopes/${ledger}`);
	expect(await refused(`DELETE /machines/${id}/scopes/${ledger}`)).toBe(404);
	await ask(`POST /machines/${id}/scopes`, scope);

	const rotate = { body: { previous_token_ttl: 60 } };
	const { secret } = await ask(`POST /machines/${id}/secret_key/rotate`, rotate);
	expect(await ask(`GET /machines/${id}/secret_key`)).toMatchObject({ secret });
	const withFirst = { key: first, body: {} };
	await ask('POST /m2m_tokens', withFirst);
	now += 61_000;
	expect(await refused('POST /m2m_tokens', withFirst)).toBe(401);

	expect(await refused('GET /machines', { key: secret })).toBe(401);
	await ask(`PATCH /machines/${id}`, { body: { name: 'Post' } });
	await ask(`DELETE /machines/${id}`);
	expect(await refused('POST /m2m_tokens', { key: secret, body: {} })).toBe(401);
});

test('M2M tokens are made with the secret key of a machine, and verified by those it may call', async () => {
	const [ledger, worker] = clerk.state.machines.rows;
	const key = worker!.secret_key;
	expect(await refused('POST /m2m_tokens', { body: {} })).toBe(400);
	const claims = { job: 'export' };
	const token = await ask('POST /m2m_tokens', { key, body: { claims } });
	expect(token).toMatchObject({ subject: worker!.id, scopes: [ledger!.id], claims });

	const again = { claims, min_remaining_ttl_seconds: 60 };
	expect((await ask('POST /m2m_tokens', { key, body: again })).id).toBe(token.id);
	const tooLong = { min_remaining_ttl_seconds: 3600 };
	expect(await refused('POST /m2m_tokens', { key, body: tooLong })).toBe(400);

	const verify = { body: { token: token.token } };
	await ask('POST /m2m_tokens/verify', verify);
	await ask('POST /m2m_tokens/verify', { ...verify, key: ledger!.secret_key });
	expect(await refused('POST /m2m_tokens/verify', { ...verify, key })).toBe(404);

	const jwt = await ask('POST /m2m_tokens', { key, body: { token_format: 'jwt' } });
	await ask('POST /m2m_tokens/verify', { body: { token: jwt.token } });
	expect(await refused(`POST /m2m_tokens/${jwt.id}/revoke`, { body: {} })).toBe(404);

	const query = { subject: worker!.id };
	expect((await ask('GET /m2m_tokens', { query })).total_count).toBe(2);
	await ask(`POST /m2m_tokens/${token.id}/revoke`, { key, body: { revocation_reason: 'Leaked' } });
	expect(await refused('POST /m2m_tokens/verify', verify)).toBe(404);
	expect((await ask('GET /m2m_tokens', { query, key })).total_count).toBe(1);
	const all = { ...query, revoked: true, expired: true };
	expect((await ask('GET /m2m_tokens', { query: all })).m2m_tokens).toHaveLength(3);
	expect(await refused('GET /m2m_tokens', { query, key: ledger!.secret_key })).toBe(403);
	expect(await refused('GET /m2m_tokens')).toBe(400);
});

test('API keys belong to somebody, and are valid until they are revoked or over', async () => {
	const [subject] = clerk.state.users.rows.map(({ id }) => id);
	const body = { name: 'Export', subject, seconds_until_expiration: 60, scopes: ['read'] };
	const { id, secret } = await ask('POST /api_keys', { body });
	expect(await refused('POST /api_keys', { body: { ...body, name: 'x' } })).toBe(400);
	const nobody = { name: 'Export', subject: `user_${'0'.repeat(27)}` };
	expect(await refused('POST /api_keys', { body: nobody })).toBe(400);

	expect(await ask(`GET /api_keys/${id}`)).not.toHaveProperty('secret');
	expect(await ask(`GET /api_keys/${id}/secret`)).toEqual({ secret });
	expect(await ask('POST /api_keys/verify', { body: { secret } })).toMatchObject({ id });
	now += 61_000;
	expect(await refused('POST /api_keys/verify', { body: { secret } })).toBe(400);
	const query = { subject: subject!, query: 'EXP' };
	const more = { query: { ...query, include_invalid: 'true' } };
	const before = (await ask('GET /api_keys', { query })).total_count;
	expect((await ask('GET /api_keys', more)).total_count).toBe(before + 1);

	await ask(`PATCH /api_keys/${id}`, {
		body: { seconds_until_expiration: null, claims: { a: 1 } },
	});
	await ask('POST /api_keys/verify', { body: { secret } });
	const reason = { revocation_reason: 'Leaked' };
	const revoked = await ask(`POST /api_keys/${id}/revoke`, { body: reason });
	expect(revoked).toMatchObject({ ...reason, revoked: true });
	expect(await refused('POST /api_keys/verify', { body: { secret } })).toBe(400);
	await ask(`DELETE /api_keys/${id}`);
	expect(await refused('POST /api_keys/verify', { body: { secret } })).toBe(404);
	expect(await refused('GET /api_keys')).toBe(400);
});

if (document) {
	test('Clerk’s document accepts what each takes, and a response of each', () => {
		const lines = Object.entries(routes);
		expect(lines.flatMap(([line, route]) => document.differences(line, route))).toEqual([]);
		expect(lines.map(([line]) => line).filter((line) => !judged.has(line))).toEqual([]);
	});
}
