// Real sockets, as n8n's helper uses them; the clock is turned by hand.
import { fakeClock } from '../support/fakeClock';
import { runNode } from '../support/host';
import { credential } from '../support/scripted';
import { pass } from '../support/timing';
import { byId } from '../support/users';
import { drip, say, startWire } from '../support/wire';
import type { Reply, Wire } from '../support/wire';

/** A response that never ends: a byte now and then is no silence, so no timeout of n8n's ends it. */

const USER = JSON.stringify({ id: 'user_1', object: 'user' });

/** More than the slots of a development key. */
const SLOTS = 80;

let wire: Wire;
let closed = 0;

const drips: Reply = (socket) => drip(socket, () => closed++);

async function run(operation: string, count = 1, options: Record<string, unknown> = {}) {
	const parameters = Array.from({ length: count }, () => ({
		resource: 'user',
		operation,
		userId: byId('user_1'),
		options: { maxRetries: 0, ...options },
	}));
	const setup = { credential: { ...credential, baseUrl: wire.url }, parameters, timeoutMs: 5_000 };
	try {
		return { items: await runNode(setup) };
	} catch (error) {
		return { error: error as Error & { description: string } };
	}
}

const arrived = async (count: number) => {
	while (wire.requests.length < count) await pass(5);
};

beforeEach(async () => {
	closed = 0;
	await fakeClock.wait(3_600_000);
});

afterEach(async () => await wire.close());

describe('a response that never ends', () => {
	it.each([
		['get', 119_000, false],
		['get', 120_000, true],
		['create', 120_000, true],
	])('to %s has failed after %i ms: %s', async (operation, ms, hasFailed) => {
		wire = await startWire(drips);
		let isOver = false;
		const running = run(operation).finally(() => (isOver = true));
		await arrived(1);
		await fakeClock.advance(ms);
		await pass(50);
		expect(isOver).toBe(hasFailed);
		await fakeClock.advance(120_000);
		const { error } = await running;
		expect(error?.message).toMatch(/^The connection to Clerk broke .*ETIMEDOUT/);
		expect(/Outcome unknown/.test(String(error?.description))).toBe(operation === 'create');
		await pass(50);
		expect(closed).toBe(1);
		expect(wire.requests).toHaveLength(1);
	});

	it('gives its slot back', async () => {
		wire = await startWire((socket, count) =>
			count < SLOTS ? drips(socket, count) : say(socket, 200, USER),
		);
		const hung = run('get', SLOTS, { concurrency: SLOTS });
		await arrived(SLOTS);
		const well = run('get', 1, { maxWait: 600 });
		await pass(50);
		expect(wire.requests).toHaveLength(SLOTS);
		await fakeClock.advance(120_000);
		await fakeClock.advance(10_000);
		expect((await well).items).toMatchObject([{ json: { id: 'user_1' } }]);
		expect((await hung).error?.message).toContain('ETIMEDOUT');
	});

	it('keeps others waiting no longer than their Max Wait', async () => {
		wire = await startWire(drips);
		const hung = run('get', SLOTS, { concurrency: SLOTS });
		await arrived(SLOTS);
		let isOver = false;
		const well = run('get', 3, { maxWait: 15 }).finally(() => (isOver = true));
		await fakeClock.advance(14_000);
		expect(isOver).toBe(false);
		await fakeClock.advance(2_000);
		const { error } = await well;
		expect(error?.message).toMatch(/^Clerk's limit of .* is used up until .* \[item 0\]$/);
		expect(error?.description).toContain('3 of 3 items are left');
		expect(wire.requests).toHaveLength(SLOTS);
		await fakeClock.advance(120_000);
		await hung;
	});
});
