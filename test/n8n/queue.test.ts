import { openN8n, startClerk, startQueue } from './support';
import { updateInQueue } from './support/updateInQueue';
import { secretOf, signedBySvix } from '../support/webhook';

const SECRET = secretOf(1);

const numbered = (count: number) => Array.from({ length: count }, (_, at) => `msg_${at}`);

describe('n8n in queue mode', () => {
	let queue: Awaited<ReturnType<typeof startQueue>>;
	let clerk: Awaited<ReturnType<typeof startClerk>>;
	let n8n: Awaited<ReturnType<typeof openN8n>>;

	beforeAll(async () => {
		clerk = await startClerk({ seed: 'company' });
		queue = await startQueue();
		n8n = await openN8n(clerk, 'full', queue);
	}, 300_000);

	afterAll(async () => {
		await queue?.close();
		await clerk.close();
	});

	const inWorkers = () => queue.workers.flatMap((worker) => worker.executions());

	it('runs the node in a worker, which has the credential', async () => {
		const [user] = clerk.state.users.rows;
		const userId = { __rl: true, mode: 'id', value: user.id };
		const before = inWorkers().length;
		const { json, error } = await n8n.runClerk({ resource: 'user', operation: 'get', userId });
		expect(error).toBeUndefined();
		expect(json).toMatchObject([{ id: user.id, firstName: user.first_name }]);
		expect(inWorkers()).toHaveLength(before + 1);
	});

	it('loses nothing and does nothing twice when two workers use up one limit', async () => {
		const options = { users: 160, executions: 8, share: 100 };
		const { statuses, perWorker, ...updated } = await updateInQueue(queue, options);
		expect(updated).toMatchObject({ lost: 0, twice: 0 });
		// Each worker believes that the whole limit is its own, so they do cross it.
		expect(updated.rejected).toBeGreaterThan(0);
		expect(statuses).toEqual(statuses.map(() => 'success'));
		expect(perWorker[0] + perWorker[1]).toBe(8);
		expect(Math.min(...perWorker)).toBeGreaterThan(0);
	});

	it('starts an execution in a worker for each genuine delivery to the webhook process, and for no other', async () => {
		const trigger = await n8n.createTrigger(SECRET, { events: ['user.created'] });
		expect(trigger.url).toContain(queue.webhookUrl);
		await trigger.activate();
		const event = { type: 'user.created', object: 'event', data: { id: 'user_1', object: 'user' } };
		const post = async (secret: string, id: string) =>
			(await trigger.post(signedBySvix(secret, event, { id }))).status;

		const genuine = numbered(30);
		const statuses = await Promise.all(
			genuine.flatMap((id) => [post(SECRET, id), post(secretOf(2), `${id}_forged`)]),
		);
		expect(statuses).toEqual(genuine.flatMap(() => [200, 401]));

		const runs = await trigger.runs(genuine.length);
		const given = runs.map(({ data }) => data['Clerk Trigger'][0].json.svixId);
		expect(given.sort()).toEqual([...genuine].sort());
		expect(inWorkers()).toEqual(expect.arrayContaining(runs.map(({ executionId }) => executionId)));
	});
});
