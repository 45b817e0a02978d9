import { startClerk } from '../../sandbox/clerk';
import type { Clerk, ClerkOptions } from '../../sandbox/clerk';
import { callerOf, openApiDocument } from '../support/openapi';

const document = openApiDocument();

describe('keys, limits and faults', () => {
	let clerk: Clerk;
	let call: ReturnType<typeof callerOf>;
	let now: number;

	const open = async (options: ClerkOptions = {}) => {
		now = Date.UTC(2026, 5, 1);
		clerk = await startClerk({ clock: () => now, ...options });
		call = callerOf(clerk, document);
	};
	const firstUser = () => clerk.state.users.rows[0]?.id ?? '';
	const statuses = async (times: number, requestLine: string, options = {}) => {
		const responses = [];
		for (let at = 0; at < times; at += 1) responses.push(await call(requestLine, options));
		return responses;
	};

	afterEach(async () => await clerk.close());

	it.each([
		['a missing key', { authorization: '' }, 'authorization_header_format_invalid'],
		['a bare key', { authorization: 'sk_test_x' }, 'authorization_header_format_invalid'],
		['an unknown key', { authorization: 'Bearer sk_test_x' }, 'clerk_key_invalid'],
		['a publishable key', { authorization: 'Bearer pk_test_x' }, 'clerk_key_invalid'],
	])('refuses %s', async (_, headers, code) => {
		await open();
		const response = await call('GET /users', { headers });
		expect([response.status, response.body.errors[0].code]).toEqual([401, code]);
		expect(response.body.clerk_trace_id).toEqual(expect.any(String));
	});

	it('responds in exactly the content type the SDK takes for JSON', async () => {
		await open();
		const responses = [await call('GET /users'), await call('GET /nowhere')];
		expect(responses.map(({ status }) => status)).toEqual([200, 404]);
		expect(responses.map(({ headers }) => headers['content-type'])).toEqual([
			'application/json',
			'application/json',
		]);
	});

	it('logs what was sent, without the key', async () => {
		await open();
		const body = { first_name: 'Zoë' };
		await call('PATCH /users/user%2Fx', { body, query: { a: ['1', '2'] } });
		expect(clerk.requests).toMatchObject([
			{
				method: 'PATCH',
				path: '/users/user%2Fx',
				url: '/v1/users/user%2Fx?a=1&a=2',
				query: { a: ['1', '2'] },
				headers: { authorization: 'Bearer sk_test_***', 'clerk-api-version': '2026-05-12' },
				body,
				rawBody: JSON.stringify(body),
				status: 404,
			},
		]);
	});

	it('grants a test key 100 requests in any ten seconds, and says when the next is free', async () => {
		await open();
		await statuses(40, 'GET /users/count');
		now += 6500;
		const responses = await statuses(61, 'GET /users/count');
		expect(responses.map(({ status }) => status).filter((status) => status === 200)).toHaveLength(
			60,
		);
		expect(responses.at(-1)?.headers['retry-after']).toBe('4');
		expect(await call('GET /users/count', { key: clerk.liveSecretKey })).toMatchObject({
			status: 200,
		});
		now += 3500;
		const later = await statuses(41, 'GET /users/count');
		expect(later.filter(({ status }) => status === 200)).toHaveLength(40);
	});

	it('takes another limit, or none', async () => {
		await open({ rateLimit: { limit: 2, windowMs: 1000 } });
		expect((await statuses(3, 'GET /users/count')).at(-1)).toMatchObject({
			status: 429,
			headers: { 'retry-after': '1' },
		});
		clerk.setRateLimit(false);
		expect((await statuses(3, 'GET /users/count')).at(-1)?.status).toBe(200);
	});

	it('lets one user be updated ten times in ten seconds', async () => {
		await open();
		const options = { body: { public_metadata: { a: 1 } } };
		const responses = await statuses(11, `PATCH /users/${firstUser()}/metadata`, options);
		expect(responses.map(({ status }) => status)).toEqual([...Array<number>(10).fill(200), 429]);
		const other = clerk.state.users.rows[1]?.id;
		expect(await call(`PATCH /users/${other}/metadata`, options)).toMatchObject({ status: 200 });
	});

	it('injects a response where and as often as it is told', async () => {
		await open();
		const headers = { 'retry-after': '7' };
		const path = '/users/{user_id}';
		const fault = clerk.addFault({ kind: 'status', status: 503, headers, path, skip: 1, times: 2 });
		const responses = await statuses(4, `GET /users/${firstUser()}`);
		expect(responses.map(({ status }) => status)).toEqual([200, 503, 503, 200]);
		expect(responses[1]?.headers['retry-after']).toBe('7');
		expect(fault.hits).toBe(2);
	});

	it.each([
		['before', false],
		['after', true],
	] as const)('resets the connection %s the write was carried out', async (when, applied) => {
		await open();
		const id = firstUser();
		clerk.addFault({ kind: 'reset', method: 'DELETE', path: /^\/users\//, when });
		await expect(call(`DELETE /users/${id}`)).rejects.toThrow('fetch failed');
		expect(clerk.state.users.get(id) === undefined).toBe(applied);
		expect(clerk.requests[0]).toMatchObject({ status: null, fault: 'reset' });
	});

	it('cuts a response short', async () => {
		await open();
		clerk.addFault({ kind: 'truncate' });
		await expect(call('GET /users')).rejects.toThrow('terminated');
	});

	it('responds with a page of HTML', async () => {
		await open();
		clerk.addFault({ kind: 'notJson' });
		const headers = { authorization: `Bearer ${clerk.secretKey}` };
		const page = await fetch(`${clerk.url}/users`, { headers });
		expect([page.status, await page.text()]).toEqual([
			200,
			expect.stringContaining('<!doctype html>'),
		]);
	});

	it('hangs until it is closed, which is quick', async () => {
		await open();
		clerk.addFault({ kind: 'hang', path: '/users' });
		const hanging = call('GET /users').catch((reason: Error) => reason.message);
		while (!clerk.requests.some(({ fault }) => fault)) await call('GET /users/count');
		await clerk.close();
		expect(await hanging).toBe('fetch failed');
	});

	it('delays one response, or all of them', async () => {
		await open();
		clerk.addFault({ kind: 'delay', ms: 60, path: '/users' });
		const started = Date.now();
		await call('GET /users');
		expect(Date.now() - started).toBeGreaterThanOrEqual(55);
		clerk.setLatency(60);
		await call('GET /users');
		expect(Date.now() - started).toBeGreaterThanOrEqual(110);
	});

	it('lists 500 of 100,000 users behind the one in the middle', async () => {
		await open({ seed: { users: 100_000 } });
		const middle = clerk.state.users.rows[50_000]?.id ?? '';
		const { body } = await call('GET /users', { query: { limit: 500, starting_after: middle } });
		expect(body).toHaveLength(500);
		expect(body[0].id).toBe(clerk.state.users.rows[49_999]?.id);
	}, 20_000);
});
