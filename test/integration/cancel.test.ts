import { execute } from '../../nodes/Clerk/engine/execute';
import { resources } from '../../nodes/Clerk/resources';
import { limits } from '../../nodes/Clerk/resources/limits';
import { startClerk } from '../../sandbox/clerk';
import type { Clerk } from '../../sandbox/clerk';
import { hostOf, runNode } from '../support/host';
import { credential, KEY } from '../support/scripted';
import { abortWhen, cameToRest, pass } from '../support/timing';

// Nothing is simulated here: the node's own clock, real sockets, and a real second.

type Values = Record<string, unknown>;

const byId = { __rl: true, mode: 'id', value: 'user_1' };
const byEmail = (value: string) => ({ __rl: true, mode: 'emailAddress', value });

let clerk: Clerk;

beforeEach(async () => {
	clerk = await startClerk({ seed: { users: 600 }, secretKey: KEY, rateLimit: false });
});

afterEach(async () => await clerk.close());

/** Stops a run once it has sent `from` requests. @returns its error, and how long after the stop it was thrown */
async function stopRun(parameters: Values[], from: number) {
	const { signal, sinceThen } = abortWhen(cameToRest(() => clerk.requests.length, from));
	const given = { credential: { ...credential, baseUrl: clerk.url }, parameters, signal };
	const fault = await runNode(given).then(
		() => new Error('it was not stopped'),
		(error: Error) => error,
	);
	return { fault, took: sinceThen() };
}

const user = (operation: string, values: Values = {}): Values => ({
	resource: 'user',
	operation,
	userId: byId,
	options: { ifNotFound: 'empty' },
	...values,
});

const MANY = Array.from({ length: 400 });

/** A reason to wait, and after how many requests the run waits for it. */
const WAITS: Array<[string, number, (clerk: Clerk) => void, Values[]]> = [
	[
		'a request hangs',
		1,
		(server) => server.addFault({ kind: 'hang', times: Infinity }),
		[user('get')],
	],
	[
		'many requests are in flight',
		10,
		(server) => server.setLatency(5_000),
		MANY.map(() => user('get')),
	],
	[
		'Clerk said to wait',
		1,
		(server) =>
			server.addFault({
				kind: 'status',
				status: 429,
				times: Infinity,
				headers: { 'retry-after': '30' },
			}),
		MANY.map(() => user('get')),
	],
	[
		'its share of the rate limit is used up',
		80,
		() => {},
		// 80 in 10 seconds for the key of a development instance.
		MANY.map(() => user('get')),
	],
	[
		'it backs off',
		1,
		(server) =>
			server.addFault({
				kind: 'status',
				status: 503,
				times: Infinity,
				headers: { 'retry-after': '30' },
			}),
		[user('get')],
	],
	[
		'it reads the second page of a list',
		2,
		(server) => server.addFault({ kind: 'hang', times: Infinity, skip: 1 }),
		[user('getAll', { returnAll: true, filters: {}, options: {} })],
	],
	[
		'it looks up users',
		1,
		(server) => server.addFault({ kind: 'hang', times: Infinity }),
		MANY.map((_, index) => user('get', { userId: byEmail(`user${index}@example.com`) })),
	],
];

describe('a run', () => {
	it.each(WAITS)(
		'ends within a second when it is stopped while %s',
		async (_, from, prepare, parameters) => {
			prepare(clerk);
			const { fault, took } = await stopRun(parameters, from);
			expect(fault.message).toMatch(/^The execution was stopped/);
			expect(took).toBeLessThan(1_000);

			const sentByThen = clerk.requests.length;
			await pass(200);
			expect(clerk.requests).toHaveLength(sentByThen);
		},
	);

	it('sends nothing when it is stopped while it reads its items', async () => {
		let read = 0;
		const { signal, waiting } = abortWhen(() => read > 0);
		const items = Array.from({ length: 100_000 }, () => ({ json: {} }));
		const host = hostOf({
			credential: { ...credential, baseUrl: clerk.url },
			parameters: user('get'),
			items,
			signal,
		});
		const getNodeParameter = host.getNodeParameter.bind(host);
		host.getNodeParameter = (name, index, fallback) => {
			read = index;
			return getNodeParameter(name, index, fallback);
		};
		await expect(execute(host as never, { resources, limits })).rejects.toThrow(
			/^The execution was stopped/,
		);
		await waiting;
		expect(read).toBeLessThan(99_999);
		expect(clerk.requests).toEqual([]);
	});
});
