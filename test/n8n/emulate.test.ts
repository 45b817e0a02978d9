import { openN8n } from './support';
import { startEmulator } from '../support/emulator';

const id = (value: unknown) => ({ __rl: true, mode: 'id', value });

/** Somebody else's Clerk: that both work shows that the node does not only fit our own simulation. */
describe('the node against an emulator that this project did not write', () => {
	let emulator: Awaited<ReturnType<typeof startEmulator>>;
	let n8n: Awaited<ReturnType<typeof openN8n>>;

	beforeAll(async () => {
		emulator = await startEmulator();
		n8n = await openN8n(emulator);
	});

	afterAll(async () => await emulator.close());

	const user = async (operation: string, parameters: Record<string, unknown> = {}) => {
		const {
			status,
			error,
			json = [],
		} = await n8n.runClerk({
			resource: 'user',
			operation,
			...parameters,
		});
		expect(error).toBeUndefined();
		expect(status).toBe('success');
		return json;
	};

	const create = async (firstName: string) => {
		const additionalFields = { emailAddress: `${firstName}@example.com`, firstName };
		const [created] = await user('create', { additionalFields });
		return created;
	};

	it('accepts the credential', async () => {
		expect((await n8n.api.testCredential(n8n.credential)).status).toBe('OK');
	});

	it('creates a user and gets it', async () => {
		const { id: created } = await create('Ada');
		const [found] = await user('get', { userId: id(created) });
		expect(found).toMatchObject({
			id: created,
			firstName: 'Ada',
			primaryEmailAddress: 'ada@example.com',
		});
	});

	it('updates a user', async () => {
		const { id: created } = await create('Bea');
		const [updated] = await user('update', {
			userId: id(created),
			updateFields: { lastName: 'Berg' },
		});
		expect(updated).toMatchObject({ id: created, firstName: 'Bea', lastName: 'Berg' });
	});

	it('gets all users, or so many as the limit says', async () => {
		const created = [];
		for (const name of ['Cy', 'Di', 'Ed']) created.push((await create(name)).id);
		const all = await user('getAll', { returnAll: true });
		expect(all.map((each) => each.id)).toEqual(expect.arrayContaining(created));
		expect(await user('getAll', { returnAll: false, limit: 2 })).toHaveLength(2);
	});

	it('deletes a user', async () => {
		const { id: created } = await create('Flo');
		const [deleted] = await user('delete', { userId: id(created) });
		expect(deleted).toMatchObject({ id: created, deleted: true, success: true });
		const { status } = await n8n.runClerk({
			resource: 'user',
			operation: 'get',
			userId: id(created),
		});
		expect(status).toBe('error');
	});
});
