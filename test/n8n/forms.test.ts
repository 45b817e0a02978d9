import type { INodeProperties } from 'n8n-workflow';

import { Clerk } from '../../nodes/Clerk/Clerk.node';
import { mappingsIn } from '../../nodes/Clerk/engine/operation';
import { resources } from '../../nodes/Clerk/resources';
import { openN8n, startClerk } from './support';
import { api } from '../../scripts/lib/clerkApi';
import { outputSchemaOf } from '../../scripts/lib/outputSchema';

const TYPE = 'n8n-nodes-clerk.clerk';
const CUSTOM_CALL = '__CUSTOM_API_CALL__';

type Option = { value?: unknown };

/** n8n adds its own entry to each list of resources and of operations, for the HTTP Request node. */
const withoutCustomCall = (properties: Array<Record<string, unknown>>) =>
	properties.map((property) => {
		const options = property.options as Option[] | undefined;
		if (!['resource', 'operation'].includes(String(property.name)) || !options) return property;
		return { ...property, options: options.filter(({ value }) => value !== CUSTOM_CALL) };
	});

const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

const operations = resources.flatMap((resource) =>
	resource.operations.map((operation) => ({ resource: resource.value, operation })),
);

describe('the form, as a real n8n hands it to its editor', () => {
	let clerk: Awaited<ReturnType<typeof startClerk>>;
	let n8n: Awaited<ReturnType<typeof openN8n>>;
	let served: INodeProperties[];

	beforeAll(async () => {
		clerk = await startClerk({ seed: 'company' });
		n8n = await openN8n(clerk);
		served = withoutCustomCall((await n8n.api.nodeType(TYPE)).properties) as never;
	});

	afterAll(async () => await clerk.close());

	it('has every operation of the registry', () => {
		const found = served
			.filter(({ name }) => name === 'operation')
			.flatMap(({ displayOptions, options = [] }) =>
				options.map((option) => `${displayOptions?.show?.resource} ${(option as Option).value}`),
			);
		const registered = operations.map(
			({ resource, operation }) => `${resource} ${operation.value}`,
		);
		expect(found.sort()).toEqual(registered.sort());
		// Clerk's own; API Request and the jobs come on top.
		expect(resources.flatMap(mappingsIn)).toHaveLength(Object.keys(api.operations).length);
	});

	it('has every property, as the node describes it', () => {
		const { properties } = new Clerk().description;
		expect(served).toHaveLength(properties.length);
		expect(served).toEqual(asJson(properties));
	});

	it('is the same in the list of all nodes', async () => {
		const listed = (await n8n.api.nodeTypes()).find(({ name }) => name === TYPE);
		expect(withoutCustomCall(listed?.properties)).toEqual(served);
	});

	it('knows what each operation puts out before its first run', async () => {
		const found: string[] = [];
		for (const { resource, operation } of operations) {
			const schema = outputSchemaOf(operation);
			const name = `${resource} ${operation.value}`;
			const answer = n8n.api.outputSchema(TYPE, '1.0.0', resource, operation.value);
			if (!schema) {
				await expect(answer).rejects.toThrow('404');
			} else {
				expect({ name, schema: await answer }).toEqual({ name, schema: asJson(schema) });
				found.push(name);
			}
		}
		expect(found.length).toBeGreaterThan(200);
	});
});

describe('the lists of the locators, in a real n8n', () => {
	let clerk: Awaited<ReturnType<typeof startClerk>>;
	let n8n: Awaited<ReturnType<typeof openN8n>>;

	const { properties } = new Clerk().description;
	const methods = Object.keys(new Clerk().methods.listSearch).sort();

	const id = (value: string) => ({ __rl: true, mode: 'id', value });

	/** The first property with the search on the form, with what the form must show for it. */
	const uses = (method: string) =>
		properties
			.flatMap((property) => [
				{ property, path: property.name, within: property },
				...((property.options ?? []) as INodeProperties[])
					.filter((option) => 'type' in option)
					.map((option) => ({
						property: option,
						path: `${property.name}.${option.name}`,
						within: property,
					})),
			])
			.find(({ property }) =>
				property.modes?.some(({ typeOptions }) => typeOptions?.searchListMethod === method),
			);

	/** Of what a list depends on: records of the sandbox that have some of everything. */
	const chosen = () => {
		const { state } = clerk;
		const withWallet = state.users.rows.find(({ web3_wallets: wallets }) => wallets.length > 0)!;
		const [ada] = state.users.rows;
		return {
			userId: id(ada.id),
			organizationId: id(state.organizations.rows[0].id),
			subject: id(state.apiKeys.rows[0].subject),
			machineId: id(state.m2mTokens.rows[0].subject),
			directoryId: id(state.directories.rows[0].id),
			scimDirectoryId: id(state.directories.rows[0].id),
			templateType: 'email',
			withWallet: id(withWallet.id),
		};
	};

	const search = async (method: string, filter?: string) => {
		const use = uses(method);
		const show = (use?.within.displayOptions?.show ?? {}) as Record<string, string[]>;
		const { withWallet, ...fields } = chosen();
		const parameters = {
			...fields,
			...(method === 'searchWeb3Wallets' && { userId: withWallet }),
			resource: show.resource?.[0],
			operation: show.operation?.[0],
		};
		return (await n8n.search(method, { parameter: use?.path, parameters, filter })).results;
	};

	beforeAll(async () => {
		clerk = await startClerk({ seed: 'company' });
		clerk.setRateLimit(false);
		n8n = await openN8n(clerk);
	});

	afterAll(async () => await clerk.close());

	it.each(methods)('%s finds what there is', async (method) => {
		const results = await search(method);
		expect(results.length).toBeGreaterThan(0);
		for (const result of results) {
			expect(result).toEqual({ name: expect.any(String), value: expect.stringMatching(/./) });
		}
		expect(new Set(results.map(({ value }) => value)).size).toBe(results.length);
	});

	it.each([
		['searchMachines', 'machines'],
		['searchDomains', 'domains'],
		['searchJwtTemplates', 'jwtTemplates'],
		['searchOAuthApplications', 'oauthApplications'],
		['searchEnterpriseConnections', 'enterpriseConnections'],
		['searchRolesById', 'roles'],
		['searchPermissions', 'permissions'],
		['searchRedirectUrls', 'redirectUrls'],
	])('%s gives the IDs that Clerk has', async (method, table) => {
		const results = await search(method);
		const { rows } = (clerk.state as unknown as Record<string, { rows: Array<{ id: string }> }>)[
			table
		];
		const values = rows.map((row) => row.id);
		expect(results.map(({ value }) => value).sort()).toEqual(values.sort());
	});

	it.each<[method: string, filter: string, named: RegExp]>([
		['searchUsers', 'berg', /^Ada Berg /],
		['searchOrganizations', 'pine', /^Pine & Co/],
		['searchEmailAddresses', 'berg', /^ada\.berg@example\.com/],
		['searchRoles', 'admin', /admin/i],
		['searchPermissions', 'domains', /domains/i],
	])('%s finds what is typed, and nothing else', async (method, filter, named) => {
		const all = await search(method);
		const found = await search(method, filter);
		expect(found.length).toBeGreaterThan(0);
		expect(found.length).toBeLessThanOrEqual(all.length);
		for (const { name } of found) expect(name).toMatch(named);
		expect(await search(method, 'nothing-is-called-this')).toEqual([]);
	});

	it('says what has to be chosen first', async () => {
		const use = { parameter: 'emailAddressId', parameters: { resource: 'emailAddress' } };
		await expect(n8n.search('searchEmailAddresses', use)).rejects.toThrow(/choose it first/i);
	});
});
