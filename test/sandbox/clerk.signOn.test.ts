import { startClerk } from '../../sandbox/clerk';
import type { Clerk } from '../../sandbox/clerk';
import { routes as directories } from '../../sandbox/clerk/resources/directories';
import { routes as connections } from '../../sandbox/clerk/resources/enterpriseConnections';
import { callerOf, openApiDocument } from '../support/openapi';

/** What a company signs in by, and what its identity provider sends. */

const document = openApiDocument();
const judged = new Set<string>();

let clerk: Clerk;
let call: ReturnType<typeof callerOf>;

beforeEach(async () => {
	clerk = await startClerk({ rateLimit: false });
	call = callerOf(clerk, document, judged);
});

afterEach(async () => await clerk.close());

type Options = Parameters<typeof call>[1];
const namesIn = async (line: string, options?: Options): Promise<string[]> =>
	(await call(line, options)).body.data.map(({ name }: { name: string }) => name);
const roleId = (key: string) => clerk.state.roles.where('key', key)[0]?.id;

describe('enterprise connections', () => {
	const okta = { name: 'Acme', provider: 'saml_okta', domains: ['ACME.com'] };
	const ENTERPRISE = '/enterprise_connections';

	it('are listed, newest first, and filtered', async () => {
		expect(await namesIn(`GET ${ENTERPRISE}`)).toEqual(['Pine & Co', 'Harbour Labs']);
		expect(await namesIn(`GET ${ENTERPRISE}`, { query: { active: false } })).toEqual(['Pine & Co']);
		const [organization] = clerk.state.organizations.where('slug', 'harbour-labs');
		const query = { organization_id: organization?.id ?? '' };
		expect(await namesIn(`GET ${ENTERPRISE}`, { query })).toEqual(['Harbour Labs']);
	});

	it('are made, changed, read and deleted', async () => {
		const custom = { name: 'Desk', key: 'desk', directory_path: 'urn:desk' };
		const made = await call(`POST ${ENTERPRISE}`, {
			body: { ...okta, custom_attributes: [custom], saml: { force_authn: true } },
		});
		expect(made).toMatchObject({
			status: 201,
			body: {
				domains: ['acme.com'],
				active: false,
				saml_connection: { force_authn: true },
				oauth_config: null,
				custom_attributes: [{ ...custom, scim_path: 'urn:desk', multi_valued: false }],
			},
		});
		const path = `${ENTERPRISE}/${made.body.id}`;
		const saml = {
			idp_metadata_url: 'https://idp.acme.com',
			attribute_mapping: { user_id: 'uid' },
			login_hint: { mode: 'custom_attribute', source: 'login' },
		};
		await call(`PATCH ${path}`, { body: { active: true, saml, domains: [] } });
		expect((await call(`GET ${path}`)).body).toMatchObject({
			active: true,
			domains: ['acme.com'],
			saml_connection: { idp_metadata_url: 'https://idp.acme.com', login_hint: saml.login_hint },
		});
		expect((await call(`DELETE ${path}`)).body.deleted).toBe(true);
		expect((await call(`GET ${path}`)).status).toBe(404);
	});

	it('keep the secret of OIDC to themselves', async () => {
		const oidc = { client_id: 'id', client_secret: 'hush', token_url: 'https://idp.acme.com/t' };
		const body = { ...okta, provider: 'oidc_custom', oidc };
		const { body: made, text } = await call(`POST ${ENTERPRISE}`, { body });
		expect(made.oauth_config).toMatchObject({
			client_id: 'id',
			name: made.name,
			requires_pkce: false,
		});
		expect(text).not.toContain('hush');
	});

	it.each([
		[{ ...okta, active: true }, 'form_param_value_invalid'],
		[{ ...okta, domains: [] }, 'form_param_value_invalid'],
		[{ ...okta, organization_id: 'org_nobody' }, 'form_param_value_invalid'],
		[{ ...okta, saml: { login_hint: { source: 'a' } } }, 'form_param_missing'],
		[
			{
				...okta,
				custom_attributes: [{ name: 'a', key: 'a', scim_path: 'b', directory_path: 'c' }],
			},
			'form_param_value_invalid',
		],
	])('are refused as %j', async (body, code) => {
		const response = await call(`POST ${ENTERPRISE}`, { body });
		expect([response.status, response.body.errors[0].code]).toEqual([422, code]);
	});

	it('are tried out', async () => {
		const [harbour] = clerk.state.enterpriseConnections.rows;
		const runs = `${ENTERPRISE}/${harbour?.id}/test_runs`;
		expect((await call(`POST ${runs}`)).body.url).toMatch(/^https:/);
		const statuses = async (query: NonNullable<Options>['query']) =>
			(await call(`GET ${runs}`, { query })).body.data.map(
				({ status }: { status: string }) => status,
			);
		expect(await statuses({})).toEqual(['pending', 'success', 'failed']);
		expect(await statuses({ status: ['failed', 'pending'] })).toEqual(['pending', 'failed']);
	});

	it('are SAML connections by their older name', async () => {
		expect(await namesIn('GET /saml_connections')).toEqual(['Harbour Labs']);
		expect(await namesIn('GET /saml_connections', { query: { query: 'PINE' } })).toEqual([]);
		const { provider, name } = okta;
		const body = { name, provider, domain: 'acme.com', force_authn: true };
		const made = await call('POST /saml_connections', { body });
		expect(made.body).toMatchObject({ domains: ['acme.com'], force_authn: true });
		const path = `/saml_connections/${made.body.id}`;
		const changes = { attribute_mapping: { user_id: 'uid' }, sync_user_attributes: false };
		await call(`PATCH ${path}`, { body: changes });
		expect((await call(`GET ${path}`)).body).toMatchObject({
			attribute_mapping: { user_id: 'uid', email_address: 'mail' },
			sync_user_attributes: false,
		});
		const connection = `GET ${ENTERPRISE}/${made.body.enterprise_connection_id}`;
		expect((await call(connection)).body.saml_connection.id).toBe(made.body.id);
		expect((await call(`DELETE ${path}`)).body.deleted).toBe(true);
		expect((await call(connection)).status).toBe(404);
		expect((await call('POST /saml_connections', { body: { name, provider } })).status).toBe(422);
	});
});

describe.each([
	['/directories', 'directory'],
	['/scim_directories', 'scim'],
])('%s', (base, kind) => {
	const idField = `${kind}_group_id`;
	const groupsIn = async (path: string): Promise<[string, number][]> =>
		(await call(`GET ${path}/group_role_mappings`)).body.data.map(
			(one: Record<string, string & number>) => [one[idField], one.precedence],
		);

	it('are made with their mappings, and show a key only when it is new', async () => {
		const [connection] = clerk.state.enterpriseConnections.rows;
		const mapping = { [idField]: 'g1', role_id: roleId('org:admin') };
		const made = await call(`POST ${base}`, {
			body: {
				enterprise_connection_id: connection?.id,
				provider: 'okta',
				group_role_mappings: [mapping, { ...mapping, [idField]: 'g2' }],
			},
		});
		expect(made.body).toMatchObject({ api_key: expect.any(String), enabled: true });
		const path = `${base}/${made.body.id}`;
		expect((await call(`GET ${path}`)).body).not.toHaveProperty('api_key');
		const rotated = await call(`POST ${path}/rotate_api_key`);
		expect(rotated.body.api_key).not.toBe(made.body.api_key);
		expect(await groupsIn(path)).toEqual([
			['g1', 1],
			['g2', 2],
		]);
		expect((await call(`GET ${base}`)).body.total_count).toBe(2);
	});

	it('are changed, and deleted with their mappings', async () => {
		const [directory] = clerk.state.directories.rows;
		const path = `${base}/${directory?.id}`;
		const body = { name: 'New', attribute_mapping: { first_name: null, title: 'title' } };
		expect((await call(`PATCH ${path}`, { body })).body).toMatchObject({
			name: 'New',
			attribute_mapping: { last_name: 'name.familyName', title: 'title' },
		});
		expect((await call(`DELETE ${path}`)).body.deleted).toBe(true);
		expect(clerk.state.groupRoleMappings.size).toBe(0);
	});

	it('give groups roles', async () => {
		const [directory] = clerk.state.directories.rows;
		const path = `${base}/${directory?.id}`;
		const mappings = `${path}/group_role_mappings`;
		const body = { [idField]: 'group-new', role_id: roleId('org:member') };
		const { body: made } = await call(`POST ${mappings}`, { body });
		expect(made).toMatchObject({ precedence: 3, role: { key: 'org:member' } });
		expect((await call(`DELETE ${mappings}/${made.id}`)).body.deleted).toBe(true);
		expect((await call(`DELETE ${mappings}/${made.id}`)).status).toBe(404);
		await call(`PUT ${mappings}`, { body: { mappings: [body] } });
		expect(await groupsIn(path)).toEqual([['group-new', 1]]);
		expect((await call(`POST ${mappings}`, { body: { ...body, role_id: 'role_x' } })).status).toBe(
			422,
		);
		await call(`PATCH ${path}`, { body: { group_role_mapping_enabled: false } });
		expect((await call(`PUT ${mappings}`, { body: { mappings: [] } })).status).toBe(400);
	});
});

it('takes the older name of a group, or both with one value', async () => {
	const [directory] = clerk.state.directories.rows;
	const line = `POST /directories/${directory?.id}/group_role_mappings`;
	const role_id = roleId('org:member');
	const status = async (ids: object) => (await call(line, { body: { ...ids, role_id } })).status;
	expect(await status({ scim_group_id: 'a' })).toBe(200);
	expect(await status({ scim_group_id: 'b', directory_group_id: 'b' })).toBe(200);
	expect(await status({ scim_group_id: 'c', directory_group_id: 'd' })).toBe(422);
	expect(await status({})).toBe(422);
});

it('admin portal link tokens are shown once, and revoked', async () => {
	const line = 'POST /admin_portal_link_tokens';
	const made = await call(line, { body: { scopes: ['sso'], seconds_until_expiration: 0 } });
	expect(made).toMatchObject({ status: 201, body: { expired: true, token: expect.any(String) } });
	const body = { revocation_reason: 'Lost' };
	const revoked = await call(`${line}/${made.body.id}/revoke`, { body });
	expect(revoked.body).toMatchObject({ revoked: true, revocation_reason: 'Lost' });
	expect(revoked.body).not.toHaveProperty('token');
	expect((await call(`${line}/aplt_x/revoke`, { body })).status).toBe(404);
});

if (document) {
	test('the document has judged a response of each', () => {
		const routes = Object.keys({ ...connections, ...directories });
		expect(routes.filter((line) => !judged.has(line))).toEqual([]);
	});

	test.each(Object.entries({ ...connections, ...directories }))(
		'%s takes what the document has',
		(line, route) => {
			expect(document.differences(line, route)).toEqual([]);
		},
	);
}
