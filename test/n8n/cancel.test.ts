import { openN8n, startClerk } from './support';
import { openSilent } from '../support/silent';
import { pass } from '../support/timing';

const byId = { __rl: true, mode: 'id', value: 'user_1' };
const get = { resource: 'user', operation: 'get', userId: byId };

describe('an execution that is stopped, in a real n8n', () => {
	const MANY = Array.from({ length: 300 }, () => ({}));

	let silent: Awaited<ReturnType<typeof openSilent>>;
	let n8n: Awaited<ReturnType<typeof openN8n>>;

	beforeEach(async () => {
		silent = await openSilent();
		n8n = await openN8n({ url: silent.url, secretKey: 'sk_test_silent' });
	});

	afterEach(async () => await silent.close());

	/** Milliseconds until nobody waits for an answer any more. */
	async function untilNobodyWaits() {
		const began = performance.now();
		while (silent.waiting() > 0) await pass(5);
		return performance.now() - began;
	}

	it('ends every request in flight within a second when a person stops it', async () => {
		const executionId = await n8n.startClerkNode(get, { input: MANY });
		await n8n.until(async () => silent.waiting() >= 50, 'Many requests are in flight');

		const stopping = n8n.api.stop(executionId);
		expect(await untilNobodyWaits()).toBeLessThan(1_000);
		await stopping;

		const sent = silent.seen();
		expect((await n8n.api.whenOver(executionId)).status).toBe('canceled');
		await pass(1_000);
		expect(silent.seen()).toBe(sent);
	});

	it('ends every request in flight within a second of its time being up', async () => {
		const settings = { executionTimeout: 2 };
		const executionId = await n8n.startClerkNode(get, { input: MANY, settings });
		await n8n.until(async () => silent.waiting() >= 50, 'Many requests are in flight');

		// From the first request on less than the two seconds are left.
		expect(await untilNobodyWaits()).toBeLessThan(3_000);

		const sent = silent.seen();
		expect((await n8n.api.whenOver(executionId)).status).toBe('canceled');
		await pass(1_000);
		expect(silent.seen()).toBe(sent);
	});
});

describe('an execution that waits for the limit, in a real n8n', () => {
	it('sends nothing more once it is stopped', async () => {
		const clerk = await startClerk({ seed: { users: 1 } });
		try {
			const n8n = await openN8n(clerk);
			const [user] = clerk.state.users.rows;
			const parameters = { ...get, userId: { ...byId, value: user.id } };
			// 80 in ten seconds, of the 100 that a development instance has.
			const input = Array.from({ length: 200 }, () => ({}));
			const executionId = await n8n.startClerkNode(parameters, { input });
			await n8n.until(async () => clerk.requests.length >= 80, 'The share is used up');

			await n8n.api.stop(executionId);

			expect((await n8n.api.whenOver(executionId)).status).toBe('canceled');
			await pass(11_000);
			expect(clerk.requests.length).toBe(80);
		} finally {
			await clerk.close();
		}
	});
});
