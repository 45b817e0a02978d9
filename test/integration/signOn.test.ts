import axios from 'axios';

import type { ApiRequest, Locator } from '../../nodes/Clerk/engine/operation';
import { locators as byKind } from '../../nodes/Clerk/fields/locators';
import { startClerk } from '../../sandbox/clerk';
import organizationDomains from '../../sandbox/clerk/resources/organizationDomains';
import { runNode } from '../support/host';

/** Connections and directories: the node against the simulated Clerk. */

type Clerk = Awaited<ReturnType<typeof startClerk>>;
type Values = Record<string, unknown>;

const locators: Record<string, Locator> = byKind;

let clerk: Clerk;

beforeEach(async () => {
	clerk = await startClerk({ seed: 'company' });
});

afterEach(async () => await clerk.close());

const id = (value?: string) => ({ __rl: true, mode: 'id', value: value ?? '' });

const run = async (resource: string, operation: string, values: Values) => {
	const { secretKey, url: baseUrl } = clerk;
	const [{ json }] = await runNode({
		credential: { secretKey, baseUrl, rateLimitShare: 100 },
		parameters: { resource, operation, options: {}, ...values },
	});
	return json;
};

const writes = () => clerk.requests.filter(({ method }) => method !== 'GET');
const roleId = (key: string) => id(clerk.state.roles.where('key', key)[0].id);

it('finds enterprise connections by the slug of their organization', async () => {
	const organizationId = { __rl: true, mode: 'slug', value: 'harbour-labs' };
	const found = await run('enterpriseConnection', 'getAll', {
		returnAll: true,
		filters: { organizationId },
	});
	expect(found).toMatchObject({
		name: 'Harbour Labs',
		customAttributes: [{ key: 'department', multiValued: false }],
		samlConnection: { idpMetadataUrl: expect.any(String), loginHint: { mode: 'email_address' } },
		oauthConfig: null,
	});
});

it('masks the client secret of an enterprise connection in a dry run', async () => {
	const preview = await run('enterpriseConnection', 'create', {
		name: 'Acme',
		provider: 'oidc_custom',
		domains: 'acme.com',
		additionalFields: { oidcClientId: 'acme', oidcClientSecret: 'hush' },
		options: { dryRun: true },
	});
	expect(preview.body).toMatchObject({ oidc: { client_id: 'acme' } });
	expect(JSON.stringify(preview)).not.toContain('hush');
	expect(writes()).toEqual([]);
});

describe('updating a connection', () => {
	const named = (name: string) =>
		clerk.state.organizationDomains.rows.filter((domain) => domain.name === name).length;
	const connection = () => clerk.state.enterpriseConnections.rows[0];

	beforeEach(() => {
		clerk.state.enterpriseConnections.update(connection(), { active: false });
		const [{ id: organization_id }] = clerk.state.organizations.rows;
		const [name] = connection().domains;
		for (const domain of clerk.state.organizationDomains.rows.slice()) {
			if (domain.name === name) clerk.state.organizationDomains.remove(domain);
		}
		organizationDomains.make(clerk.state, { organization_id, name });
		expect(named(name)).toBe(1);
	});

	const ENTERPRISE = 'enterpriseConnection';
	const SAML = 'samlConnection';
	const verified = () =>
		clerk.state.organizationDomains.rows.filter(
			({ affiliation_verification: { status } }) => status === 'verified',
		).length;
	const update = async (resource: string, updateFields: Values, dryRun = false) =>
		await run(resource, 'update', {
			...(resource === SAML
				? { samlConnectionId: id(connection().saml?.id) }
				: { enterpriseConnectionId: id(connection().id) }),
			updateFields,
			options: { dryRun },
		});

	it.each<[string, Values, boolean]>([
		[ENTERPRISE, { active: true }, true],
		[ENTERPRISE, { active: false }, false],
		[ENTERPRISE, { name: 'Acme' }, false],
		[SAML, { active: true, consentVerifiedDomainsDeletion: true }, true],
		[SAML, { consentVerifiedDomainsDeletion: true }, false],
		[SAML, { active: false, consentVerifiedDomainsDeletion: true }, false],
	])('of %s with %j destroys verified domains: %p', async (resource, fields, isDestroyed) => {
		const [name] = connection().domains;
		const { wouldDestroy } = await update(resource, fields, true);
		expect(wouldDestroy).toEqual(
			isDestroyed ? { verifiedOrganizationDomains: verified() } : undefined,
		);
		expect([writes(), named(name)]).toEqual([[], 1]);
		const others = verified() - 1;
		await update(resource, fields);
		expect([named(name), verified()]).toEqual(isDestroyed ? [0, others] : [1, others + 1]);
	});

	it('as a SAML connection cannot turn it on without consent to the deletion of domains', async () => {
		await expect(update(SAML, { active: true })).rejects.toThrow(/consent/);
		expect(named(connection().domains[0])).toBe(1);
		expect(connection().active).toBe(false);
	});

	it('rejects empty domains and an empty organization', async () => {
		await expect(update(ENTERPRISE, { domains: '' })).rejects.toThrow('Domains is empty');
		await expect(update(ENTERPRISE, { organizationId: id('') })).rejects.toThrow(
			'Organization is empty',
		);
		expect(writes()).toEqual([]);
	});

	it.each([ENTERPRISE, SAML])('rejects a login hint without a mode for %s', async (resource) => {
		const [source, mode] =
			resource === SAML
				? ['loginHintSource', 'loginHintMode']
				: ['samlLoginHintSource', 'samlLoginHintMode'];
		for (const value of ['login', '']) {
			await expect(update(resource, { [source]: value })).rejects.toThrow(/Login Hint as well/);
		}
		expect(writes()).toEqual([]);
		await update(resource, { [source]: 'login', [mode]: 'custom_attribute' });
		expect(connection().saml?.login_hint).toEqual({ mode: 'custom_attribute', source: 'login' });
	});
});

describe.each([
	['directory', 'directoryId'],
	['scimDirectory', 'scimDirectoryId'],
])('%s', (resource, parameter) => {
	const harbour = () => ({ [parameter]: id(clerk.state.directories.rows[0].id) });
	const mappings = (...groups: string[]) => ({
		entry: groups.map((groupId) => ({ groupId, roleId: roleId('org:member') })),
	});

	it('keeps attributes that an update does not contain', async () => {
		const attributeMapping = { entry: [{ key: 'first_name', value: '' }] };
		const updateFields = { attributeMapping };
		expect(await run(resource, 'update', { ...harbour(), updateFields })).toMatchObject({
			attributeMapping: { last_name: 'name.familyName' },
			apiKey: null,
			success: true,
		});
	});

	it('replaces all mappings, and counts the old ones in a dry run', async () => {
		const values = { ...harbour(), mappings: mappings('b', 'a') };
		const options = { dryRun: true };
		const preview = await run(resource, 'replaceGroupRoleMappings', { ...values, options });
		expect(preview.wouldDestroy).toEqual({ groupRoleMappings: 2 });
		expect(writes()).toEqual([]);
		const replaced = await run(resource, 'replaceGroupRoleMappings', values);
		expect(replaced.groupRoleMappings).toMatchObject([
			{ precedence: 1, role: { key: 'org:member', isCreatorEligible: false } },
			{ precedence: 2 },
		]);
		expect(clerk.state.groupRoleMappings.rows.map(({ group_id }) => group_id)).toEqual(['b', 'a']);
	});

	it('rejects an empty list of mappings', async () => {
		const values = { ...harbour(), mappings: [] };
		await expect(run(resource, 'replaceGroupRoleMappings', values)).rejects.toThrow('is empty');
		expect(clerk.state.groupRoleMappings.size).toBe(2);
	});

	it('removes all mappings with Remove All Mappings, and counts them in a dry run', async () => {
		const values = { ...harbour(), mappings: {}, removeAllMappings: true };
		const options = { dryRun: true };
		const preview = await run(resource, 'replaceGroupRoleMappings', { ...values, options });
		expect(preview).toMatchObject({
			body: { mappings: [] },
			wouldDestroy: { groupRoleMappings: 2 },
		});
		expect(clerk.state.groupRoleMappings.size).toBe(2);
		await run(resource, 'replaceGroupRoleMappings', values);
		expect(clerk.state.groupRoleMappings.size).toBe(0);
	});

	it('rejects attributes and groups without a name', async () => {
		const attributeMapping = { entry: [{ key: null, value: 'a.b' }] };
		await expect(
			run(resource, 'update', { ...harbour(), updateFields: { attributeMapping } }),
		).rejects.toThrow('Attribute Mapping, row 1: Attribute is empty');
		const nameless = { entry: [{ groupId: null, roleId: roleId('org:member') }] };
		await expect(
			run(resource, 'replaceGroupRoleMappings', { ...harbour(), mappings: nameless }),
		).rejects.toThrow('Mappings, row 1: Group ID is empty');
		expect(writes()).toEqual([]);
	});

	it('counts in a dry run the mapping that a delete would destroy', async () => {
		const deleted = await run(resource, 'deleteGroupRoleMapping', {
			...harbour(),
			mappingId: id(clerk.state.groupRoleMappings.rows[0].id),
			options: { dryRun: true },
		});
		expect(deleted.wouldDestroy).toEqual({ groupRoleMappings: 1 });
	});
});

describe('the search of a locator', () => {
	const values: Values = {};
	const search = async (locator: string, filter?: string) => {
		const fetch = async ({ path, query }: ApiRequest) => {
			const url = new URL(`${clerk.url}${path}`);
			for (const [name, value] of Object.entries(query ?? {})) {
				url.searchParams.set(name, String(value));
			}
			const { data } = await axios.get(url.href, {
				headers: { authorization: `Bearer ${clerk.secretKey}` },
			});
			return data as unknown;
		};
		const chosen = async (parameter: string) => String(values[parameter]);
		const found = await locators[locator].search?.run({ filter, send: fetch, chosen });
		return found?.results.map(({ name }) => name);
	};

	it('finds connections, directories and mappings by parts of their labels', async () => {
		expect(await search('enterpriseConnection', 'GITLAB')).toEqual([]);
		expect(await search('enterpriseConnection', 'pine.ex')).toEqual([
			'Pine & Co (pine.example.com)',
		]);
		expect(await search('samlConnection', 'harb')).toEqual([
			'Harbour Labs (harbour-labs.example.com)',
		]);
		expect(await search('directory')).toEqual(['Harbour Labs people (okta)']);
		expect(await search('scimDirectory')).toEqual(['Harbour Labs people (okta)']);
		const [directory] = clerk.state.directories.rows;
		values.directoryId = values.scimDirectoryId = directory.id;
		expect(await search('directoryMapping', 'adm')).toEqual(['Admins (Admin)']);
		expect(await search('scimMapping', 'everyone')).toEqual(['Everyone (Member)']);
	});
});
