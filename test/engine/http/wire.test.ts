import { startClerk } from '../../../sandbox/clerk';
import type { Clerk } from '../../../sandbox/clerk';
import { runNode } from '../../support/host';
import { credential, everythingIn, KEY } from '../../support/scripted';
import { say, sayHalf, startWire } from '../../support/wire';
import type { Reply, Wire } from '../../support/wire';

// Real sockets, as n8n's helper uses them; only the waits between the tries take no time.
jest.mock('../../../nodes/Clerk/engine/rateLimit/clock', () => ({
	realClock: jest
		.requireActual<typeof import('../../support/clock')>('../../support/clock')
		.createClock({ automatic: true }),
}));

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

/** A minute is what the node waits for an answer; here it is moments. */
const timeoutMs = 300;

async function run(baseUrl: string, parameters: Values, signal?: AbortSignal) {
	const given = { credential: { ...credential, baseUrl }, parameters, signal, timeoutMs };
	try {
		const items = await runNode(given);
		return { json: items.map(({ json }) => json) };
	} catch (error) {
		// Whatever real libraries throw: the key is nowhere in what comes out.
		expect(everythingIn(error)).not.toContain(KEY);
		return { fault: error as Error & { description?: string } };
	}
}

describe('a server that breaks off', () => {
	let wire: Wire;

	const listen = async (reply: Reply) => {
		wire = await startWire(reply);
	};

	afterEach(async () => await wire.close());

	const BREAKS: Array<[string, Reply]> = [
		['with a reset', (socket) => socket.resetAndDestroy()],
		['without a word', (socket) => socket.end()],
		['in the middle of its answer', (socket) => sayHalf(socket, USER)],
		[
			'with a page instead of JSON',
			(socket) => say(socket, 200, '<html>', ['content-type: text/html']),
		],
		['with half of its JSON as a whole answer', (socket) => say(socket, 200, USER.slice(0, 12))],
		...[500, 502, 503, 504].map((status): [string, Reply] => [
			`with a ${status}`,
			(socket) => say(socket, status, 'upstream'),
		]),
		['and never answers', () => {}],
	];

	it.each(BREAKS)('%s is asked again for a GET', async (_, reply) => {
		await listen((socket, count) => (count === 0 ? reply(socket, count) : say(socket, 200, USER)));
		const { json } = await run(wire.url, parametersOf('get'));
		expect(json).toMatchObject([{ id: 'user_1' }]);
		expect(wire.requests).toEqual(Array(2).fill('GET /v1/users/user_1 HTTP/1.1'));
	});

	it.each(BREAKS)(
		'%s is never sent a POST twice, and the outcome is called unknown',
		async (_, reply) => {
			await listen(reply);
			const { fault } = await run(wire.url, parametersOf('create'));
			expect(wire.requests).toEqual(['POST /v1/users HTTP/1.1']);
			expect(fault?.description).toContain('Outcome unknown: POST /users');
		},
	);

	it.each(BREAKS)('%s for good is a readable fault', async (_, reply) => {
		await listen(reply);
		const { fault } = await run(wire.url, parametersOf('get'));
		expect(wire.requests).toHaveLength(3);
		expect(fault?.message).toMatch(/ \[item 0\]$/);
		expect(fault?.message).not.toMatch(/\b(error|failure)\b/i);
	});

	it('during a DELETE had carried it out when there is nothing left', async () => {
		await listen((socket, count) =>
			count === 0 ? socket.resetAndDestroy() : say(socket, 404, NOT_FOUND),
		);
		const { json } = await run(wire.url, parametersOf('delete'));
		expect(json).toMatchObject([{ id: 'user_1', deleted: true, success: true }]);
	});

	it('never gets the key at the address it redirects to', async () => {
		const elsewhere = await startWire((socket) => say(socket, 200, USER));
		await listen((socket) => say(socket, 302, '', [`location: ${elsewhere.url}/users/user_1`]));
		const { fault } = await run(wire.url, parametersOf('get'));
		await elsewhere.close();
		expect(elsewhere.requests).toEqual([]);
		expect(fault?.description).toContain('redirects');
	});

	it('and one that hangs are left alone once the execution is stopped', async () => {
		const stop = new AbortController();
		await listen(() => {});
		const arrived = wire.arrival();
		const running = run(wire.url, parametersOf('get'), stop.signal);
		await arrived;
		stop.abort();
		expect((await running).fault?.message).toMatch(/^The execution was stopped/);
		expect(wire.requests).toHaveLength(1);
	});

	it('waits for Retry-After when it says 429, and then answers', async () => {
		await listen((socket, count) =>
			count === 0 ? say(socket, 429, '{}', ['retry-after: 30']) : say(socket, 200, USER),
		);
		expect((await run(wire.url, parametersOf('create'))).json).toMatchObject([{ id: 'user_1' }]);
	});

	it('takes an answer without content for a success', async () => {
		await listen((socket) => say(socket, 204, '', []));
		expect((await run(wire.url, parametersOf('delete'))).json).toEqual([{ success: true }]);
	});
});

describe('a server that is not there', () => {
	it('at first is asked again when it is, for a POST too: nothing had left', async () => {
		const gone = await startWire(() => {});
		await gone.close();
		const { port } = new URL(gone.url);
		const running = run(gone.url, parametersOf('create', { options: { maxRetries: 10_000 } }));
		const back = await startWire((socket) => say(socket, 200, USER), Number(port));
		const { json } = await running;
		await back.close();
		expect(json).toMatchObject([{ id: 'user_1' }]);
		expect(back.requests).toHaveLength(1);
	});

	it('is said to be out of reach, and nothing was changed', async () => {
		const wire = await startWire(() => {});
		await wire.close();
		const { fault } = await run(wire.url, parametersOf('create'));
		expect(fault?.message).toBe('Clerk could not be reached (ECONNREFUSED) [item 0]');
		expect(fault?.description).toContain('Nothing was changed');
	});

	it('because its name has no address is said to be out of reach, too', async () => {
		const { fault } = await run('https://clerk.invalid/v1', parametersOf('create'));
		expect(fault?.message).toMatch(/^Clerk could not be reached \((ENOTFOUND|EAI_AGAIN)\)/);
	});

	it('in clear text where TLS was expected was not sent a POST', async () => {
		const wire = await startWire((socket) => say(socket, 200, USER));
		const { fault } = await run(wire.url.replace('http:', 'https:'), parametersOf('create'));
		await wire.close();
		expect(fault?.message).toMatch(/^Clerk could not be reached/);
		expect(fault?.description).not.toContain('Outcome unknown');
	});
});

describe('the simulated Clerk', () => {
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
		'makes a user once at most when it breaks off %s the write',
		async (when) => {
			clerk.addFault({ kind: 'reset', method: 'POST', when });
			const { fault } = await run(clerk.url, create);
			expect(created()).toHaveLength(when === 'before' ? 0 : 1);
			expect(fault?.description).toContain('Outcome unknown');
		},
	);

	it.each(['before', 'after'] as const)(
		'ends with the update in place when it breaks off %s the write',
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
		'ends with the metadata replaced when it breaks off %s the write',
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
		'ends with the user gone when a delete breaks off %s the write',
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

	it('gives its users to Return All once each, while its answers are cut short now and then', async () => {
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

	it('sees the version, and the key as it stands in the credential', async () => {
		await run(clerk.url, { resource: 'user', operation: 'count', options: {} });
		expect(clerk.requests).toMatchObject([
			{ status: 200, headers: { 'clerk-api-version': '2026-05-12' } },
		]);
	});
});
