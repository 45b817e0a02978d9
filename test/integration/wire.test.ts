// Real sockets, as n8n's helper uses them; only the waits take no time.
import '../support/fakeClock';
import { startClerk } from '../../sandbox/clerk';
import type { Clerk } from '../../sandbox/clerk';
import { runNode } from '../support/host';
import { credential, everythingIn, KEY } from '../support/scripted';
import { say, sayHalf, startWire } from '../support/wire';
import type { Reply, Wire } from '../support/wire';

type Values = Record<string, unknown>;

const USER = JSON.stringify({ id: 'user_1', object: 'user' });
const NOT_FOUND = JSON.stringify({
	errors: [{ code: 'resource_not_found', message: 'not found' }],
});
const userId = { __rl: true, mode: 'id', value: 'user_1' };

const parametersOf = (operation: string, values: Values = {}) => ({
	resource: 'user',
	operation,
	userId,
	options: { maxRetries: 2 },
	...values,
});

/** The node waits a minute for a response; here it waits a moment. */
const timeoutMs = 300;

async function run(baseUrl: string, parameters: Values, signal?: AbortSignal) {
	const setup = { credential: { ...credential, baseUrl }, parameters, signal, timeoutMs };
	try {
		const items = await runNode(setup);
		return { json: items.map(({ json }) => json) };
	} catch (error) {
		// Errors of the real libraries hold the key; the node's must not.
		expect(everythingIn(error)).not.toContain(KEY);
		return { error: error as Error & { description?: string } };
	}
}

describe('over real sockets', () => {
	let wire: Wire;

	const listen = async (reply: Reply) => {
		wire = await startWire(reply);
	};

	afterEach(async () => await wire.close());

	const FAULTS: Array<[string, Reply]> = [
		['a reset', (socket) => socket.resetAndDestroy()],
		['a closed connection', (socket) => socket.end()],
		['half a response', (socket) => sayHalf(socket, USER)],
		['a page instead of JSON', (socket) => say(socket, 200, '<html>', ['content-type: text/html'])],
		['half of the JSON in a whole response', (socket) => say(socket, 200, USER.slice(0, 12))],
		...[500, 502, 503, 504].map((status): [string, Reply] => [
			`a ${status}`,
			(socket) => say(socket, status, 'upstream'),
		]),
		['silence', () => {}],
	];

	it.each(FAULTS)('retries a GET after %s', async (_, reply) => {
		await listen((socket, count) => (count === 0 ? reply(socket, count) : say(socket, 200, USER)));
		const { json } = await run(wire.url, parametersOf('get'));
		expect(json).toMatchObject([{ id: 'user_1' }]);
		expect(wire.requests).toEqual(Array(2).fill('GET /v1/users/user_1 HTTP/1.1'));
	});

	it.each(FAULTS)(
		'does not retry a POST after %s, and reports an unknown outcome',
		async (_, reply) => {
			await listen(reply);
			const { error } = await run(wire.url, parametersOf('create'));
			expect(wire.requests).toEqual(['POST /v1/users HTTP/1.1']);
			expect(error?.description).toContain('Outcome unknown: POST /users');
		},
	);

	it.each(FAULTS)('throws a readable error for a GET after %s three times', async (_, reply) => {
		await listen(reply);
		const { error } = await run(wire.url, parametersOf('get'));
		expect(wire.requests).toHaveLength(3);
		expect(error?.message).toMatch(/ \[item 0\]$/);
		expect(error?.message).not.toMatch(/\b(error|failure)\b/i);
	});

	it('reports a DELETE as done when the retry after a reset finds nothing', async () => {
		await listen((socket, count) =>
			count === 0 ? socket.resetAndDestroy() : say(socket, 404, NOT_FOUND),
		);
		const { json } = await run(wire.url, parametersOf('delete'));
		expect(json).toMatchObject([{ id: 'user_1', deleted: true, success: true }]);
	});

	it('does not follow a redirect with the key', async () => {
		const elsewhere = await startWire((socket) => say(socket, 200, USER));
		await listen((socket) => say(socket, 302, '', [`location: ${elsewhere.url}/users/user_1`]));
		const { error } = await run(wire.url, parametersOf('get'));
		await elsewhere.close();
		expect(elsewhere.requests).toEqual([]);
		expect(error?.description).toContain('redirects');
	});

	it('ends a request that hangs when the execution is stopped', async () => {
		const stop = new AbortController();
		await listen(() => {});
		const arrived = wire.arrival();
		const running = run(wire.url, parametersOf('get'), stop.signal);
		await arrived;
		stop.abort();
		expect((await running).error?.message).toMatch(/^The execution was stopped/);
		expect(wire.requests).toHaveLength(1);
	});

	it('sends a POST again after a 429 with Retry-After', async () => {
		await listen((socket, count) =>
			count === 0 ? say(socket, 429, '{}', ['retry-after: 30']) : say(socket, 200, USER),
		);
		expect((await run(wire.url, parametersOf('create'))).json).toMatchObject([{ id: 'user_1' }]);
	});

	it('reports a response without content as a success', async () => {
		await listen((socket) => say(socket, 204, '', []));
		expect((await run(wire.url, parametersOf('delete'))).json).toEqual([{ success: true }]);
	});
});

describe('over real sockets, without a server', () => {
	it('retries a POST until the server is there', async () => {
		const closed = await startWire(() => {});
		await closed.close();
		const { port } = new URL(closed.url);
		const running = run(closed.url, parametersOf('create', { options: { maxRetries: 10_000 } }));
		const back = await startWire((socket) => say(socket, 200, USER), Number(port));
		const { json } = await running;
		await back.close();
		expect(json).toMatchObject([{ id: 'user_1' }]);
		expect(back.requests).toHaveLength(1);
	});

	it('reports that Clerk could not be reached and nothing was changed', async () => {
		const wire = await startWire(() => {});
		await wire.close();
		const { error } = await run(wire.url, parametersOf('create'));
		expect(error?.message).toBe('Clerk could not be reached (ECONNREFUSED) [item 0]');
		expect(error?.description).toContain('Nothing was changed');
	});

	it('reports that Clerk could not be reached when the host has no address', async () => {
		const { error } = await run('https://clerk.invalid/v1', parametersOf('create'));
		expect(error?.message).toMatch(/^Clerk could not be reached \((ENOTFOUND|EAI_AGAIN)\)/);
	});

	it('reports an unknown outcome when the server speaks no TLS, which can also begin later', async () => {
		const wire = await startWire((socket) => say(socket, 200, USER));
		const { error } = await run(wire.url.replace('http:', 'https:'), parametersOf('create'));
		await wire.close();
		expect(error?.message).toMatch(/^The connection to Clerk broke/);
		expect(error?.description).toContain('Outcome unknown');
	});
});

describe('over real sockets, with the simulated Clerk', () => {
	let clerk: Clerk;

	beforeEach(async () => {
		clerk = await startClerk({ seed: 'company', secretKey: KEY, rateLimit: false });
	});

	afterEach(async () => await clerk.close());

	const created = () => clerk.state.users.rows.filter((user) => user.first_name === 'Zoe');

	const create = {
		resource: 'user',
		operation: 'create',
		additionalFields: {
			firstName: 'Zoe',
			emailAddress: 'zoe@example.com',
			skipPasswordRequirement: true,
		},
		options: {},
	};

	it.each(['before', 'after'] as const)(
		'creates a user at most once when the connection breaks %s the write',
		async (when) => {
			clerk.addFault({ kind: 'reset', method: 'POST', when });
			const { error } = await run(clerk.url, create);
			expect(created()).toHaveLength(when === 'before' ? 0 : 1);
			expect(error?.description).toContain('Outcome unknown');
		},
	);

	it.each(['before', 'after'] as const)(
		'updates a user when the connection breaks %s the write',
		async (when) => {
			const [{ id }] = clerk.state.users.rows;
			clerk.addFault({ kind: 'reset', method: 'PATCH', when });
			const { json } = await run(clerk.url, {
				resource: 'user',
				operation: 'update',
				userId: { __rl: true, mode: 'id', value: id },
				updateFields: { firstName: 'Zoe' },
				options: {},
			});
			expect(json).toMatchObject([{ id, firstName: 'Zoe' }]);
		},
	);

	it.each(['before', 'after'] as const)(
		'replaces metadata when the connection breaks %s the write',
		async (when) => {
			const [{ id }] = clerk.state.users.rows;
			clerk.addFault({ kind: 'reset', method: 'PUT', when });
			await run(clerk.url, {
				resource: 'user',
				operation: 'replaceMetadata',
				userId: { __rl: true, mode: 'id', value: id },
				updateFields: { publicMetadata: { plan: 'pro' } },
				options: {},
			});
			expect(clerk.requests.map(({ method }) => method)).toEqual(['PUT', 'PUT']);
			expect(clerk.state.users.rows[0].public_metadata).toEqual({ plan: 'pro' });
		},
	);

	it.each(['before', 'after'] as const)(
		'deletes a user when the connection breaks %s the write',
		async (when) => {
			const [{ id }] = clerk.state.users.rows;
			clerk.addFault({ kind: 'reset', method: 'DELETE', when });
			const { json } = await run(clerk.url, {
				resource: 'user',
				operation: 'delete',
				userId: { __rl: true, mode: 'id', value: id },
				options: {},
			});
			expect(json).toMatchObject([{ id, deleted: true, success: true }]);
			expect(clerk.state.users.rows.some((user) => user.id === id)).toBe(false);
		},
	);

	it('returns each user once with Return All when responses are cut short', async () => {
		clerk.addFault({ kind: 'truncate', method: 'GET', times: 2 });
		const { json } = await run(clerk.url, {
			resource: 'user',
			operation: 'getAll',
			returnAll: true,
			options: {},
		});
		expect(new Set(json?.map(({ id }) => id))).toEqual(
			new Set(clerk.state.users.rows.map(({ id }) => id)),
		);
	});

	it('sends the API version and the key of the credential', async () => {
		await run(clerk.url, { resource: 'user', operation: 'count', options: {} });
		expect(clerk.requests).toMatchObject([
			{ status: 200, headers: { 'clerk-api-version': '2026-05-12' } },
		]);
	});
});
