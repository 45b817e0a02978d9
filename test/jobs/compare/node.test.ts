import type { IDataObject } from 'n8n-workflow';

import { startClerk } from '../../../sandbox/clerk';
import { runNode } from '../../support/host';

type Clerk = Awaited<ReturnType<typeof startClerk>>;
type Row = IDataObject;

let clerk: Clerk;

const form = (values: IDataObject = {}) => ({
	resource: 'user',
	operation: 'compare',
	idField: 'clerk_id',
	compareBy: 'presence',
	updatedAtField: '',
	comparedFields: {},
	report: ['missing', 'changed', 'gone'],
	maxGone: 100,
	maxGonePercent: 100,
	additionalFields: {},
	filters: {},
	options: {},
	...values,
});

const compareItems = async (rows: Row[], values: IDataObject = {}, host = {}) =>
	await runNode({
		credential: {
			secretKey: clerk.liveSecretKey,
			baseUrl: clerk.url,
			accessPolicy: 'readOnly',
			rateLimitShare: 100,
		},
		parameters: form(values),
		items: rows.map((json) => ({ json })),
		...host,
	});

const compare = async (rows: Row[], values?: IDataObject, host?: object) =>
	(await compareItems(rows, values, host)).map(({ json }) => json);

const mirror = (): Row[] =>
	clerk.state.users.rows.map((user) => ({
		clerk_id: user.id,
		updated_at: user.updated_at,
		name: user.first_name,
	}));

const userNamed = (name: string) =>
	clerk.state.users.rows.find((user) => user.first_name === name)!;

const ABSENT = 'user_2NNEqL2nrIRdJ194ndJqAHwEfxC';

describe('User: Compare With a List', () => {
	beforeEach(async () => {
		clerk = await startClerk({ seed: 'company', rateLimit: false });
	});

	afterEach(async () => await clerk.close());

	it('reports what is missing, changed and gone, and counts the rest', async () => {
		const ada = userNamed('Ada');
		const farid = userNamed('Farid');
		const rows = mirror().filter(({ clerk_id: id }) => id !== ada.id);
		const at = rows.findIndex(({ clerk_id: id }) => id === farid.id);
		rows[at] = { ...rows[at], updated_at: farid.updated_at - 1 };
		rows.splice(3, 0, { clerk_id: ABSENT, updated_at: 5, name: 'Zoe' });
		const items = await compareItems(rows, {
			compareBy: 'updatedAt',
			updatedAtField: 'updated_at',
		});
		const faridAt = rows.findIndex(({ clerk_id: id }) => id === farid.id);
		expect(items.map(({ json: { action }, pairedItem }) => [action, pairedItem])).toEqual([
			['missing', { item: 0 }],
			['changed', { item: faridAt }],
			['gone', { item: 3 }],
			['summary', { item: 0 }],
		]);
		const [missing, changed, gone, summary] = items.map(({ json }) => json);
		expect(missing).toMatchObject({ userId: ada.id, record: { id: ada.id, firstName: 'Ada' } });
		expect(changed).toMatchObject({
			userId: farid.id,
			reason: 'Differs in updated_at',
			record: { firstName: 'Farid' },
			changes: [{ field: 'updated_at', listed: farid.updated_at - 1, clerk: farid.updated_at }],
			row: { name: 'Farid' },
		});
		expect(gone).toMatchObject({ userId: ABSENT, record: null, row: { name: 'Zoe' } });
		const count = clerk.state.users.size;
		expect(summary).toMatchObject({
			reason: `Listed ${count}, in Clerk ${count}: missing 1, changed 1, gone 1, equal ${count - 2}`,
			listed: count,
			inClerk: count,
			missing: 1,
			changed: 1,
			gone: 1,
			equal: count - 2,
			instanceId: 'ins_sandbox',
			readAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
		});
		for (const { json } of items) expect(Object.keys(json)).toEqual(Object.keys(items[0].json));
	});
});
