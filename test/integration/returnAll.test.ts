import '../support/fastClock';

import { sleep } from 'n8n-workflow';

import { startClerk } from '../../sandbox/clerk';
import { runNode } from '../support/host';

/** Return All with pages side by side, through the whole node, where pages fail or the run is stopped. */

type Clerk = Awaited<ReturnType<typeof startClerk>>;

const USERS = 20_000;

/** Beyond the pages that are read in order. */
const SKIP = 15;

let clerk: Clerk;

beforeEach(async () => {
	clerk = await startClerk({ seed: { users: USERS }, rateLimit: false, latencyMs: 20 });
});

afterEach(async () => await clerk.close());

const returnAll = async (options: { signal?: AbortSignal; continueOnFail?: boolean } = {}) =>
	await runNode({
		credential: {
			secretKey: clerk.liveSecretKey,
			baseUrl: clerk.url,
			accessPolicy: 'full',
			rateLimitShare: 100,
		},
		parameters: {
			resource: 'user',
			operation: 'getAll',
			returnAll: true,
			output: 'raw',
			filters: {},
			options: {},
		},
		...options,
	});

const path = '/users';

/** Requests that were on their way may still arrive, which takes real time; no other follows. */
async function expectSilence(): Promise<void> {
	await sleep(300);
	const sent = clerk.requests.length;
	await sleep(500);
	expect(clerk.requests).toHaveLength(sent);
}

describe('Return All', () => {
	it.each([
		['429 with a Retry-After', { kind: 'status', status: 429, headers: { 'retry-after': '1' } }],
		['503', { kind: 'status', status: 503 }],
		['a connection that breaks', { kind: 'reset' }],
		['half a response', { kind: 'truncate' }],
	] as const)('is complete after %s in some pages', async (_, fault) => {
		clerk.addFault({ ...fault, path, skip: SKIP, times: 3, every: 4 });
		const output = await returnAll();
		expect(clerk.requests.filter((request) => request.fault === fault.kind)).toHaveLength(3);
		expect(output).toHaveLength(USERS);
		expect(new Set(output.map(({ json }) => json.id)).size).toBe(USERS);
	});

	it('stops the pages in flight when one fails for good, and says how many records were read', async () => {
		const body = { errors: [{ code: 'x', message: 'gone', long_message: 'Gone for good' }] };
		clerk.addFault({ kind: 'status', status: 403, body, path, skip: SKIP, times: Infinity });
		const error = await returnAll().catch((thrown: unknown) => thrown as Error);
		const { description } = error as { description?: string };
		const [, count] = /About ([\d,]+) records were read before that/.exec(description ?? '')!;
		// Pages on their way when the first one fails do not count.
		expect(Number(count.replace(',', ''))).toBeGreaterThanOrEqual(3 * 500);
		expect(Number(count.replace(',', ''))).toBeLessThanOrEqual(SKIP * 500);
		await expectSilence();
	});

	it('ends within a second when it is stopped, and requests nothing more', async () => {
		const stop = new AbortController();
		const { push } = Array.prototype;
		let stoppedAt = Infinity;
		clerk.requests.push = (...entries) => {
			if (clerk.requests.length === SKIP) {
				stoppedAt = Date.now();
				stop.abort();
			}
			return push.apply(clerk.requests, entries) as number;
		};
		await expect(returnAll({ signal: stop.signal })).rejects.toThrow();
		expect(Date.now() - stoppedAt).toBeLessThan(1_000);
		expect(clerk.requests.length).toBeLessThan(USERS / 500);
		await expectSilence();
	});
});
