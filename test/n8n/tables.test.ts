import { openN8n, startClerk } from './support';

const id = (value: string) => ({ __rl: true, mode: 'id', value });

/** What n8n leaves of a table, and what then becomes of the one that Clerk has. */
describe('tables, in a real n8n', () => {
	let clerk: Awaited<ReturnType<typeof startClerk>>;
	let n8n: Awaited<ReturnType<typeof openN8n>>;

	beforeEach(async () => {
		clerk = await startClerk({ seed: 'company' });
		n8n = await openN8n(clerk);
	});

	afterEach(async () => await clerk.close());

	const stored = () => clerk.state.enterpriseConnections.rows[0].custom_attributes;
	const writes = () => clerk.requests.filter(({ method }) => method !== 'GET');

	const rows = [{ rows: [{ key: 'desk', name: 'Desk' }], key: 'team', name: 'Team' }];

	const update = async (updateFields: Record<string, unknown>) => {
		const { id: connection } = clerk.state.enterpriseConnections.rows[0];
		const parameters = {
			resource: 'enterpriseConnection',
			operation: 'update',
			enterpriseConnectionId: id(connection),
			updateFields,
		};
		return await n8n.runClerk(parameters, rows);
	};

	it.each([
		['by an expression', '={{ $json.rows }}', /^Custom Attributes is empty\. .* \[item 0\]$/],
		['by one that gives the table', '={{ { entry: $json.rows } }}', /^Custom Attributes is empty/],
		['that is empty', { entry: [] }, /^Custom Attributes is empty/],
		// n8n makes a row of each character.
		['with its rows by an expression', { entry: '={{ $json.rows }}' }, /row 1: Key is empty/],
	])('a table %s clears nothing', async (_, customAttributes, message) => {
		const before = stored();
		const { status, error } = await update({ customAttributes });

		expect(status).toBe('error');
		expect(error?.message).toMatch(message);
		expect(writes()).toEqual([]);
		expect(stored()).toEqual(before);
	});

	it('takes expressions in its cells', async () => {
		const row = { key: '={{ $json.key }}', name: '={{ $json.name }}' };
		const { status } = await update({ customAttributes: { entry: [row] } });

		expect(status).toBe('success');
		expect(stored()).toMatchObject([{ key: 'team', name: 'Team' }]);
	});

	it('is emptied by its switch', async () => {
		expect(stored()).toHaveLength(1);
		const { status } = await update({ removeAllCustomAttributes: true });

		expect(status).toBe('success');
		expect(writes()).toMatchObject([{ body: { custom_attributes: [] } }]);
		expect(stored()).toEqual([]);
	});

	it('takes rows that the data decide by API Request', async () => {
		const { id: connection } = clerk.state.enterpriseConnections.rows[0];
		const parameters = {
			resource: 'apiRequest',
			operation: 'send',
			method: 'PATCH',
			path: `/enterprise_connections/${connection}`,
			body: '={{ { custom_attributes: $json.rows } }}',
		};
		const { status } = await n8n.runClerk(parameters, rows);

		expect(status).toBe('success');
		expect(stored()).toMatchObject([{ key: 'desk', name: 'Desk' }]);
	});
});
