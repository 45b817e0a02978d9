import { openN8n, startClerk } from './support';

const id = (value: string) => ({ __rl: true, mode: 'id', value });

describe('the node, in a real n8n', () => {
	let clerk: Awaited<ReturnType<typeof startClerk>>;
	let n8n: Awaited<ReturnType<typeof openN8n>>;

	beforeAll(async () => {
		clerk = await startClerk({ seed: 'company' });
		n8n = await openN8n(clerk);
	});

	afterAll(async () => await clerk.close());

	it('is there as a node and as a tool for AI agents', async () => {
		const types = await n8n.api.nodeTypes();
		const names = types.map(({ name }) => name).filter((name) => /clerk/i.test(name));
		expect(names).toEqual(
			expect.arrayContaining(['n8n-nodes-clerk.clerk', 'n8n-nodes-clerk.clerkTool']),
		);
	});

	it('searches users for the list of a locator', async () => {
		const { results } = await n8n.search('searchUsers', { filter: 'ada.berg' });
		expect(results.map(({ name }) => name)).toEqual(['Ada Berg (ada.berg@example.com)']);
		expect(clerk.state.users.get(results[0].value)?.first_name).toBe('Ada');
	});

	it('searches organizations for the list of a locator', async () => {
		const parameters = { resource: 'organization', operation: 'get' };
		const search = { parameter: 'organizationId', parameters, filter: 'pine' };
		const { results } = await n8n.search('searchOrganizations', search);
		expect(results.map(({ name }) => name)).toEqual([expect.stringContaining('Pine & Co')]);
	});

	it('links every output to its input item', async () => {
		const users = clerk.state.users.rows.slice(0, 5);
		const get = { resource: 'user', operation: 'get', userId: id('={{ $json.user }}') };

		const { items } = await n8n.runClerk(
			get,
			users.map((user) => ({ user: user.id })),
		);

		expect(items.map(({ json }) => json.id)).toEqual(users.map((user) => user.id));
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(users.map((_, item) => ({ item })));
	});

	it('says what is wrong, without the key', async () => {
		const get = { resource: 'user', operation: 'get', userId: id('user_nobody') };

		const { status, error } = await n8n.runClerk(get);

		expect(status).toBe('error');
		expect(error?.message).toMatch(/user_nobody.* \[item 0\]$/);
		expect(JSON.stringify(error)).not.toContain(clerk.secretKey);
	});
});
