import fc from 'fast-check';

import { Client } from '../../../nodes/Clerk/engine/http/client';
import type { ClerkCredential } from '../../../nodes/Clerk/engine/http/credential';
import { AlreadyDeleted, RequestError } from '../../../nodes/Clerk/engine/http/outcome';
import type { Failure } from '../../../nodes/Clerk/engine/http/outcome';
import { defaultRetryPolicy } from '../../../nodes/Clerk/engine/http/retries';
import type { RetryPolicy } from '../../../nodes/Clerk/engine/http/retries';
import { Upload } from '../../../nodes/Clerk/engine/http/upload';
import { InvalidInputError } from '../../../nodes/Clerk/engine/operation';
import type { ApiRequest, Method } from '../../../nodes/Clerk/engine/operation';
import { CancelledError } from '../../../nodes/Clerk/engine/rateLimit/cancellation';
import { RateLimiters } from '../../../nodes/Clerk/engine/rateLimit/rateLimiters';
import { limits } from '../../../nodes/Clerk/resources/limits';
import { createClock } from '../../support/clock';
import {
	response,
	networkError,
	credential,
	everythingIn,
	pendingResponse,
	KEY,
	errorResponse,
	scriptedHost,
} from '../../support/scripted';
import type { Respond } from '../../support/scripted';

interface Setup {
	credential?: Partial<ClerkCredential>;
	retries?: Partial<RetryPolicy>;
	maxWaitMs?: number;
	signal?: AbortSignal;
}

/** A client with a scripted Clerk and a clock that runs by itself. */
function clientWith(respond: Respond, setup: Setup = {}) {
	const clock = createClock({ automatic: true });
	const times: number[] = [];
	const startedAt = clock.now();
	const { host, sent, additions } = scriptedHost(
		{ signal: setup.signal },
		async (request, count) => {
			times.push(clock.now() - startedAt);
			return await respond(request, count);
		},
	);
	const client = new Client(
		host,
		{ ...(credential as ClerkCredential), ...setup.credential },
		limits,
		{
			maxWaitMs: setup.maxWaitMs ?? 60_000,
			retries: { ...defaultRetryPolicy(5), ...setup.retries },
		},
		new RateLimiters(clock),
	);
	return { client, sent, additions, times, clock };
}

async function failureOf(sending: Promise<unknown>): Promise<Failure> {
	const error: unknown = await sending.then(
		() => new Error('nothing was thrown'),
		(thrown: unknown) => thrown,
	);
	if (error instanceof RequestError) return error.failure;
	throw error;
}

const requestOf = (method: Method, path = '/users/user_1'): ApiRequest => ({ method, path });
const get = requestOf('GET');
const IDEMPOTENT: Method[] = ['GET', 'PUT', 'PATCH', 'DELETE'];
const METHODS: Method[] = [...IDEMPOTENT, 'POST'];

/** A fault first, then a user. */
const once =
	(fault: () => unknown): Respond =>
	async (_, count) =>
		count === 0 ? await fault() : response(200, { id: 'user_1' });

const thrown = (code: string, syscall?: string) => async () =>
	await Promise.reject(networkError(code, syscall));

describe('Client.send', () => {
	it('sends with options that return status and headers instead of throwing', async () => {
		const { client, sent } = clientWith(() => response(200, []));
		await client.send({ method: 'GET', path: '/users', query: { limit: 5, user_id: ['a', 'b'] } });
		expect(sent.map(({ abortSignal, ...options }) => [abortSignal?.aborted, options])).toEqual([
			[
				false,
				{
					method: 'GET',
					url: 'https://api.clerk.com/v1/users',
					qs: { limit: 5, user_id: ['a', 'b'] },
					arrayFormat: 'repeat',
					headers: { Accept: 'application/json', 'Clerk-API-Version': '2026-05-12' },
					body: undefined,
					encoding: 'text',
					returnFullResponse: true,
					ignoreHttpStatusErrors: true,
					disableFollowRedirect: true,
					timeout: 60_000,
				},
			],
		]);
	});

	it('sends an empty body as the text {} with its content type', async () => {
		const { client, sent } = clientWith(() => response(200, {}));
		await client.send({ ...requestOf('PATCH'), body: {} });
		expect(sent[0].body).toBe('{}');
		expect(sent[0].headers).toMatchObject({ 'Content-Type': 'application/json' });
	});

	it('sends neither body nor content type when the request has no body', async () => {
		const { client, sent } = clientWith(() => response(200, {}));
		await client.send(requestOf('POST', '/users/user_1/ban'));
		expect(sent[0].body).toBeUndefined();
		expect(sent[0].headers).not.toHaveProperty('Content-Type');
	});

	it('passes n8n the decrypted credential, and puts the key into no header', async () => {
		const { client, sent, additions } = clientWith(() => response(200, {}));
		await client.send(get);
		expect(additions).toMatchObject([
			{ credentialsDecrypted: { type: 'clerkApi', data: { secretKey: KEY } } },
		]);
		expect(JSON.stringify(sent)).not.toContain(KEY);
	});

	it('returns parsed JSON, and undefined for a response without content', async () => {
		const { client } = clientWith((_, count) =>
			count === 0 ? response(200, { a: 1 }) : response(204),
		);
		expect(await client.send(get)).toEqual({ a: 1 });
		expect(await client.send(requestOf('DELETE'))).toBeUndefined();
	});

	it('keeps a key called __proto__ in a response as data', async () => {
		const { client } = clientWith(() => response(200, '{"__proto__":{"admin":true}}'));
		const body = (await client.send(get)) as object;
		expect(Object.keys(body)).toEqual(['__proto__']);
		expect(body).not.toHaveProperty('admin');
	});

	it.each(['https://api.clerk.com/v1/', 'https://api.clerk.com/v1//'])(
		'ignores slashes at the end of the API URL %s',
		async (baseUrl) => {
			const { client, sent } = clientWith(() => response(200, {}), { credential: { baseUrl } });
			await client.send(get);
			expect(sent[0].url).toBe('https://api.clerk.com/v1/users/user_1');
		},
	);
});

describe('Client, before sending', () => {
	it.each([
		['an empty key', { secretKey: '' }],
		['a publishable key', { secretKey: 'pk_test_abc' }],
		['an API URL that is not a URL', { baseUrl: 'clerk' }],
		['an API URL with another scheme', { baseUrl: 'ftp://api.clerk.com/v1' }],
	])('throws for %s', (_, wrong) => {
		const make = () => clientWith(() => response(200, {}), { credential: wrong });
		expect(make).toThrow(RequestError);
	});

	it.each([
		['readOnly', 'PATCH'],
		['readOnly', 'POST'],
		['readOnly', 'DELETE'],
		['noDeletes', 'DELETE'],
		['a policy that does not exist', 'GET'],
	] as const)('rejects what the policy %s forbids: %s', async (accessPolicy, method) => {
		const { client, sent } = clientWith(() => response(200, {}), {
			credential: { accessPolicy: accessPolicy as ClerkCredential['accessPolicy'] },
		});
		expect(await failureOf(client.send(requestOf(method)))).toMatchObject({ kind: 'forbidden' });
		expect(sent).toEqual([]);
	});

	// The credential would reject the address of every request, which must not look like a broken
	// connection, nor like a POST that may have succeeded.
	it.each(['https://api.clerk.com/v1 ', 'https://api.clerk.com/v1?', 'https://api.clerk.com/v1#'])(
		'uses or rejects an API URL pasted as "%s", and sends to no other address',
		async (baseUrl) => {
			let url = '';
			try {
				const { client, sent } = clientWith(() => response(200, {}), { credential: { baseUrl } });
				await client.send(get);
				({ url } = sent[0]);
			} catch (error) {
				expect(error).toBeInstanceOf(RequestError);
				return;
			}
			expect(url).toBe('https://api.clerk.com/v1/users/user_1');
		},
	);
});

describe('Client.send and the secret key', () => {
	const FAULTS: Array<[string, Respond]> = [
		['a broken connection', thrown('ECONNRESET')],
		['a refused connection', thrown('ECONNREFUSED')],
		['a 401', () => errorResponse(401, [{ message: 'invalid' }])],
		['a page instead of JSON', () => response(200, '<html>no</html>')],
	];

	it('masks the key in a response', async () => {
		const { client } = clientWith(() => response(200, { note: `key ${KEY}.` }));
		expect(await client.send(get)).toEqual({ note: 'key ********.' });
	});

	it.each(FAULTS)('leaves the key out of the error after %s', async (_, respond) => {
		const { client } = clientWith(respond);
		const error: unknown = await client.send(get).catch((caught: unknown) => caught);
		expect(error).toBeInstanceOf(RequestError);
		expect(everythingIn(error)).not.toContain(KEY);
	});
});

describe('Client.send after a 429', () => {
	it.each(METHODS)('sends a %s again after Retry-After', async (method) => {
		const { client, times } = clientWith(
			once(() => errorResponse(429, [], { 'retry-after': '7' })),
		);
		await client.send(requestOf(method));
		expect(times).toEqual([0, 7_000]);
	});

	it('reads a date in Retry-After', async () => {
		const { client, times, clock } = clientWith(
			once(() => {
				const date = new Date(clock.now() + 9_000).toUTCString();
				return errorResponse(429, [], { 'retry-after': date });
			}),
		);
		await client.send(get);
		expect(times).toEqual([0, 9_000]);
	});

	it.each([undefined, 'soon', ''])('backs off when Retry-After is %j', async (value) => {
		const headers: Record<string, string> = value === undefined ? {} : { 'retry-after': value };
		const { client, times } = clientWith(
			(_, count) => (count < 3 ? errorResponse(429, [], headers) : response(200, {})),
			{ retries: { delayMs: (count) => 1_000 * 2 ** count } },
		);
		await client.send(get);
		expect(times).toEqual([0, 1_000, 3_000, 7_000]);
	});

	// Half a second, rounded down, is "Retry-After: 0"; retrying at once would use up all retries.
	it.each(['0', '-3'])('backs off when Retry-After is %s', async (value) => {
		const { client, times } = clientWith(
			once(() => errorResponse(429, [], { 'retry-after': value })),
			{
				retries: { delayMs: () => 500 },
			},
		);
		await client.send(get);
		expect(times[1]).toBeGreaterThanOrEqual(500);
	});

	it('rejects with the 429 after maxRateLimitRetries', async () => {
		const { client, sent } = clientWith(() => errorResponse(429, [], { 'retry-after': '1' }), {
			retries: { maxRateLimitRetries: 3 },
		});
		expect(await failureOf(client.send(get))).toMatchObject({ kind: 'response', status: 429 });
		expect(sent).toHaveLength(4);
	});

	it('rejects at once when Retry-After is longer than maxWaitMs', async () => {
		const { client, sent, clock } = clientWith(() =>
			errorResponse(429, [], { 'retry-after': '90' }),
		);
		const until = clock.now() + 90_000;
		expect(await failureOf(client.send(get))).toMatchObject({ kind: 'limited', until });
		expect(sent).toHaveLength(1);
	});

	it('pauses the other requests of the key', async () => {
		const { client, times, clock } = clientWith(
			once(() => errorResponse(429, [], { 'retry-after': '5' })),
		);
		const later = clock.wait(1_000).then(() => client.send(requestOf('GET', '/users/count')));
		await Promise.all([client.send(get), later]);
		expect(times).toEqual([0, 5_000, 5_000]);
	});

	// An hour is the longest pause.
	it.each([30, 3_600])(
		'pauses only the hourly limit for %d s, which is longer than the window of the key',
		async (seconds) => {
			const { client, times, clock } = clientWith(
				once(() => errorResponse(429, [], { 'retry-after': String(seconds) })),
				{ maxWaitMs: 7_200_000 },
			);
			const other = clock.wait(1_000).then(() => client.send(requestOf('PATCH')));
			await Promise.all([client.send(requestOf('POST', '/invitations')), other]);
			expect(times).toEqual([0, 1_000, seconds * 1_000]);
		},
	);

	// A user's window is ten seconds like the key's: a longer pause blocks the key.
	it('pauses the key when the pause is longer than the windows of user and key', async () => {
		const { client, times, clock } = clientWith(
			once(() => errorResponse(429, [], { 'retry-after': '30' })),
		);
		const other = clock.wait(1_000).then(() => client.send(requestOf('PATCH', '/users/user_2')));
		await Promise.all([client.send(requestOf('PATCH')), other]);
		expect(times).toEqual([0, 30_000, 30_000]);
	});

	it('uses no slot of a user for an update that a pause kept from being sent', async () => {
		const { client, times, clock } = clientWith(
			once(() => errorResponse(429, [], { 'retry-after': '90' })),
			{ credential: { secretKey: KEY.replace('test', 'live') } },
		);
		const updates = () => Array.from({ length: 10 }, () => client.send(requestOf('PATCH')));
		await failureOf(client.send(get));
		await Promise.all(updates().map(failureOf));
		await clock.wait(90_000);
		await Promise.all(updates());
		expect(times).toEqual([0, ...Array.from({ length: 10 }, () => 90_000)]);
	});

	it.each([
		['user', '/users/user_1', '/users/user_2'],
		['organization', '/organizations/org_1', '/organizations/org_2'],
		[
			'membership',
			'/organizations/org_1/memberships/user_1',
			'/organizations/org_1/memberships/user_2',
		],
	])('pauses only one %s when the limit of it is used up', async (_, path, otherPath) => {
		const { client, times, sent } = clientWith(({ url }, count) =>
			url.endsWith(path) && count === 10
				? errorResponse(429, [], { 'retry-after': '8' })
				: response(200, {}),
		);
		for (let turn = 0; turn < 10; turn++) await client.send(requestOf('PATCH', path));
		const limited = client.send(requestOf('PATCH', path));
		const other = client.send(requestOf('PATCH', otherPath));
		await Promise.all([limited, other]);
		const atOther = times[sent.findIndex(({ url }) => url.endsWith(otherPath))];
		expect(atOther).toBeLessThan(8_000);
	});
});

describe('Client.send after a server error', () => {
	it.each(IDEMPOTENT)('retries a %s', async (method) => {
		const { client, sent } = clientWith(once(() => response(503, 'upstream')));
		expect(await client.send(requestOf(method))).toEqual({ id: 'user_1' });
		expect(sent).toHaveLength(2);
	});

	it.each([500, 502, 503, 504])('does not retry a POST after a %i', async (status) => {
		const { client, sent } = clientWith(() => response(status, 'upstream'));
		expect(await failureOf(client.send(requestOf('POST')))).toMatchObject({ status });
		expect(sent).toHaveLength(1);
	});

	it.each([400, 401, 402, 403, 404, 409, 422])('does not retry after a %i', async (status) => {
		const { client, sent } = clientWith(() => errorResponse(status, []));
		expect(await failureOf(client.send(get))).toMatchObject({ kind: 'response', status });
		expect(sent).toHaveLength(1);
	});

	it('retries maxRetries times with growing waits, then rejects', async () => {
		const { client, times } = clientWith(() => response(500, 'down'), {
			retries: { delayMs: (count) => 1_000 * 2 ** count },
		});
		expect(await failureOf(client.send(get))).toMatchObject({ status: 500, body: 'down' });
		expect(times).toEqual([0, 1_000, 3_000, 7_000, 15_000, 31_000]);
	});

	it('waits at least for Retry-After', async () => {
		const { client, times } = clientWith(once(() => response(503, '', { 'retry-after': '11' })));
		await client.send(get);
		expect(times).toEqual([0, 11_000]);
	});

	it('does not retry after maxElapsedMs', async () => {
		const { client, times } = clientWith(() => response(500, ''), {
			retries: { delayMs: () => 40_000, maxElapsedMs: 100_000 },
		});
		await failureOf(client.send(get));
		expect(times).toEqual([0, 40_000, 80_000]);
	});

	it('retries after a wait for the rate limit that was longer than maxElapsedMs', async () => {
		const { client, times } = clientWith(
			(_, count) =>
				count === 0
					? errorResponse(429, [], { 'retry-after': '200' })
					: count === 1
						? response(503, '')
						: response(200, {}),
			{ maxWaitMs: 300_000 },
		);
		await client.send(get);
		expect(times).toHaveLength(3);
	});

	it('retries again after such a wait between two server errors', async () => {
		const { client, times } = clientWith(
			(_, count) =>
				count === 1
					? errorResponse(429, [], { 'retry-after': '200' })
					: count < 3
						? response(503, '')
						: response(200, {}),
			{ maxWaitMs: 300_000 },
		);
		await client.send(get);
		expect(times).toHaveLength(4);
	});
});

describe('Client.send after a broken connection', () => {
	it.each(METHODS)('retries a %s when the connection was refused', async (method) => {
		const { client, sent } = clientWith(once(thrown('ECONNREFUSED')));
		await client.send(requestOf(method));
		expect(sent).toHaveLength(2);
	});

	it.each([
		['ENOTFOUND', 'getaddrinfo'],
		['EAI_AGAIN', 'getaddrinfo'],
		['EHOSTUNREACH', 'connect'],
		['ENETUNREACH', 'connect'],
	])('retries a POST when there was no connection (%s)', async (code, syscall) => {
		const { client, sent } = clientWith(once(thrown(code, syscall)));
		await client.send(requestOf('POST'));
		expect(sent).toHaveLength(2);
	});

	// A request is sent after the certificate was accepted; without that, nothing was changed.
	it.each([
		'CERT_HAS_EXPIRED',
		'DEPTH_ZERO_SELF_SIGNED_CERT',
		'ERR_TLS_CERT_ALTNAME_INVALID',
		'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
	])('rejects a POST as not sent when the certificate was not accepted (%s)', async (code) => {
		const { client } = clientWith(thrown(code));
		expect(await failureOf(client.send(requestOf('POST')))).toMatchObject({
			kind: 'notSent',
			code,
		});
	});

	it.each(IDEMPOTENT)('retries a %s when the connection broke', async (method) => {
		const { client, sent } = clientWith(once(thrown('ECONNRESET')));
		await client.send(requestOf(method));
		expect(sent).toHaveLength(2);
	});

	it.each(['ECONNRESET', 'ECONNABORTED', 'ETIMEDOUT', 'EPIPE', 'EPROTO'])(
		'does not retry a POST when the connection broke with %s, and rejects with that outcome',
		async (code) => {
			const { client, sent } = clientWith(thrown(code));
			expect(await failureOf(client.send(requestOf('POST')))).toMatchObject({
				kind: 'noResponse',
				code,
			});
			expect(sent).toHaveLength(1);
		},
	);

	it('rejects as not sent when the connection stays refused', async () => {
		const { client, sent } = clientWith(thrown('ECONNREFUSED'));
		expect(await failureOf(client.send(get))).toMatchObject({ kind: 'notSent' });
		expect(sent).toHaveLength(6);
	});
});

describe('Client.send after an invalid response', () => {
	it.each([
		['incomplete JSON', '{"id":"user_1","first_na'],
		['a page', '<!doctype html>'],
	])('retries a GET after %s', async (_, body) => {
		const { client, sent } = clientWith(once(() => response(200, body)));
		expect(await client.send(get)).toEqual({ id: 'user_1' });
		expect(sent).toHaveLength(2);
	});

	it('does not retry a POST, and rejects with that outcome', async () => {
		const { client, sent } = clientWith(() => response(200, '<html>'));
		expect(await failureOf(client.send(requestOf('POST')))).toMatchObject({
			kind: 'invalidResponse',
		});
		expect(sent).toHaveLength(1);
	});

	it('returns text when the request accepts text', async () => {
		const { client } = clientWith(() => response(200, 'plain'));
		expect(await client.send({ ...get, accept: 'text' })).toBe('plain');
	});

	it('does not follow a redirect', async () => {
		const { client, sent } = clientWith(() =>
			response(302, '', { location: 'https://evil.example' }),
		);
		expect(await failureOf(client.send(get))).toMatchObject({ kind: 'response', status: 302 });
		expect(sent).toHaveLength(1);
	});

	// As an empty list it would make the workflow act as if there were no records.
	it('rejects a 200 without content to a GET', async () => {
		const { client } = clientWith(() => response(200));
		expect(await failureOf(client.send(get))).toMatchObject({ kind: 'invalidResponse' });
	});
});

describe('Client.send after a POST with an unknown outcome', () => {
	const ban = requestOf('POST', '/users/user_1/ban');
	const join = requestOf('POST', '/organizations/org_1/memberships');
	const verifyWith = requestOf('GET', '/organizations/org_1/memberships');

	it.each([
		['a broken connection', thrown('ECONNRESET')],
		['a server error', () => response(502, '')],
	])('retries it after %s when it is idempotent', async (_, fault) => {
		const { client, sent, times } = clientWith(async (_request, count) =>
			count < 5 ? await fault() : response(200, { id: 'user_1' }),
		);
		expect(await client.send({ ...ban, isIdempotent: true })).toEqual({ id: 'user_1' });
		expect(sent).toHaveLength(6);
		expect(times[5]).toBeGreaterThan(7_000);
	});

	it('retries it when verifyWith lists nothing', async () => {
		const { client, sent } = clientWith(async ({ method }, count) => {
			if (method === 'GET') return response(200, { data: [], total_count: 0 });
			return count === 0 ? await thrown('ECONNRESET')() : response(200, { id: 'orgmem_1' });
		});
		expect(await client.send({ ...join, verifyWith })).toEqual({ id: 'orgmem_1' });
		expect(sent.map(({ method }) => method)).toEqual(['POST', 'GET', 'POST']);
	});

	it('does not retry it when verifyWith lists a record', async () => {
		const { client, sent } = clientWith(async ({ method }) =>
			method === 'GET'
				? response(200, { data: [{ id: 'orgmem_1' }], total_count: 1 })
				: await thrown('ECONNRESET')(),
		);
		expect(await client.send({ ...join, verifyWith })).toBeUndefined();
		expect(sent.map(({ method }) => method)).toEqual(['POST', 'GET']);
	});

	it('sends no verifyWith after a 429', async () => {
		const { client, sent } = clientWith(once(() => errorResponse(429, [], { 'retry-after': '1' })));
		await client.send({ ...join, verifyWith });
		expect(sent.map(({ method }) => method)).toEqual(['POST', 'POST']);
	});
});

describe('Client.send after a write that may have succeeded', () => {
	it.each(IDEMPOTENT.slice(1))(
		'rejects a %s with that outcome when a later attempt was not sent',
		async (method) => {
			const { client } = clientWith(
				async (_, count) => await thrown(count === 0 ? 'ECONNRESET' : 'ECONNREFUSED')(),
			);
			expect(await failureOf(client.send(requestOf(method)))).toMatchObject({
				kind: 'noResponse',
				code: 'ECONNRESET',
			});
		},
	);

	it('rejects with that outcome when the wait for the next attempt is too long', async () => {
		const { client } = clientWith(async (_, count) =>
			count === 0
				? await thrown('ECONNRESET')()
				: errorResponse(429, [], { 'retry-after': '9000' }),
		);
		expect(await failureOf(client.send(requestOf('PATCH')))).toMatchObject({ kind: 'noResponse' });
	});

	it('rejects with that outcome when the host became unreachable while reading', async () => {
		const { client, sent } = clientWith(thrown('EHOSTUNREACH', 'read'));
		expect(await failureOf(client.send(requestOf('POST')))).toMatchObject({ kind: 'noResponse' });
		expect(sent).toHaveLength(1);
	});

	it('rejects with that outcome when verifyWith fails', async () => {
		const verifyWith = requestOf('GET', '/organizations/org_1/memberships');
		const { client, sent } = clientWith(async ({ method }) =>
			method === 'GET' ? errorResponse(401, [{ code: 'no' }]) : await thrown('ECONNRESET')(),
		);
		const join = { ...requestOf('POST', '/organizations/org_1/memberships'), verifyWith };
		expect(await failureOf(client.send(join))).toMatchObject({
			kind: 'noResponse',
			request: { method: 'POST' },
		});
		expect(sent.map(({ method }) => method)).toEqual(['POST', 'GET']);
	});
});

describe('Client.send of a DELETE', () => {
	it("rejects with a 404 that is not Clerk's after a broken connection", async () => {
		const { client } = clientWith(async (_, count) =>
			count === 0 ? await thrown('ECONNRESET')() : response(404, '<html>no such page</html>'),
		);
		expect(await failureOf(client.send(requestOf('DELETE')))).toMatchObject({ status: 404 });
	});

	const notFound = () => errorResponse(404, [{ code: 'resource_not_found', message: 'not found' }]);

	it('returns AlreadyDeleted after a broken connection and a 404', async () => {
		const { client } = clientWith(async (_, count) =>
			count === 0 ? await Promise.reject(networkError('ECONNRESET')) : notFound(),
		);
		const body = await client.send(requestOf('DELETE', '/users/user%201'));
		expect(body).toEqual({ deleted: true });
		expect(body).toBeInstanceOf(AlreadyDeleted);
	});

	it('rejects with the 404 after an attempt that was not sent', async () => {
		const { client } = clientWith(async (_, count) =>
			count === 0 ? await Promise.reject(networkError('ECONNREFUSED')) : notFound(),
		);
		expect(await failureOf(client.send(requestOf('DELETE')))).toMatchObject({ status: 404 });
	});

	it('rejects with the 404 after a 429', async () => {
		const { client } = clientWith((_, count) =>
			count === 0 ? errorResponse(429, []) : notFound(),
		);
		expect(await failureOf(client.send(requestOf('DELETE')))).toMatchObject({ status: 404 });
	});

	it.each([
		[503, false],
		[500, false],
		[502, true],
		[504, true],
	])('after a %i, treats a 404 as already deleted: %p', async (status, isDeleted) => {
		const { client } = clientWith((_, count) => (count === 0 ? response(status, '') : notFound()));
		const sending = client.send(requestOf('DELETE', '/users/user_1'));
		// A gateway may have passed it on; Clerk itself would have responded.
		if (isDeleted) expect(await sending).toMatchObject({ deleted: true });
		else expect(await failureOf(sending)).toMatchObject({ status: 404 });
	});

	it('rejects with the 404 for a PATCH after a broken connection', async () => {
		const { client } = clientWith(async (_, count) =>
			count === 0 ? await Promise.reject(networkError('ECONNRESET')) : notFound(),
		);
		expect(await failureOf(client.send(requestOf('PATCH')))).toMatchObject({ status: 404 });
	});
});

describe('Client.send when the execution is stopped', () => {
	it('rejects during the wait before a retry', async () => {
		const stop = new AbortController();
		const { client, sent } = clientWith(
			() => {
				stop.abort();
				return response(503, '');
			},
			{ signal: stop.signal },
		);
		await expect(client.send(get)).rejects.toBeInstanceOf(CancelledError);
		expect(sent).toHaveLength(1);
	});

	it('rejects during the wait for the rate limit', async () => {
		const stop = new AbortController();
		const { client, sent, times } = clientWith(
			() => {
				void Promise.resolve().then(() => stop.abort());
				return errorResponse(429, [], { 'retry-after': '30' });
			},
			{ signal: stop.signal },
		);
		await expect(client.send(get)).rejects.toBeInstanceOf(CancelledError);
		expect(sent).toHaveLength(1);
		expect(times).toEqual([0]);
	});

	it('rejects during a request that hangs', async () => {
		const stop = new AbortController();
		const { client } = clientWith(
			async ({ abortSignal }) => {
				const hung = pendingResponse(abortSignal);
				stop.abort();
				return await hung;
			},
			{ signal: stop.signal },
		);
		await expect(client.send(get)).rejects.toBeInstanceOf(CancelledError);
	});

	it('rejects and sends nothing when it was stopped before', async () => {
		const { client, sent } = clientWith(() => response(200, {}), { signal: AbortSignal.abort() });
		await expect(client.send(get)).rejects.toBeInstanceOf(CancelledError);
		expect(sent).toEqual([]);
	});

	it('returns a response that came before the stop took effect', async () => {
		const stop = new AbortController();
		const { client } = clientWith(
			() => {
				stop.abort();
				return response(200, { id: 'user_1' });
			},
			{ signal: stop.signal },
		);
		expect(await client.send(requestOf('POST'))).toEqual({ id: 'user_1' });
	});
});

describe('Client.send under rate limits', () => {
	const respondAtOnce = () => response(200, {});

	const sendMany = async (client: Client, count: number, path = '/users/count') =>
		await Promise.all(Array.from({ length: count }, () => client.send(requestOf('GET', path))));

	it('sends 80 requests at once with a development key, and the next after 10 s', async () => {
		const { client, times } = clientWith(respondAtOnce);
		await sendMany(client, 81);
		expect(times.filter((at) => at < 10_000)).toHaveLength(80);
		expect(times[80]).toBeGreaterThanOrEqual(10_000);
	});

	it('sends 800 requests at once with a production key', async () => {
		const { client, times } = clientWith(respondAtOnce, {
			credential: { secretKey: KEY.replace('test', 'live') },
		});
		await sendMany(client, 801);
		expect(times.filter((at) => at < 10_000)).toHaveLength(800);
	});

	it.each([
		[50, 50],
		[100, 100],
		[1_000, 100],
		[-5, 1],
	])('with a share of %i % sends %i at once', async (rateLimitShare, expected) => {
		const { client, times } = clientWith(respondAtOnce, { credential: { rateLimitShare } });
		await sendMany(client, expected + 1);
		expect(times.filter((at) => at < 10_000)).toHaveLength(expected);
	});

	it('sends 10 updates of one user in 10 s, and those of others at once', async () => {
		const { client, times, sent } = clientWith(respondAtOnce);
		await Promise.all([
			...Array.from({ length: 11 }, () => client.send(requestOf('PATCH'))),
			client.send(requestOf('PATCH', '/users/user_2')),
		]);
		const at = (user: string) => times.filter((_, index) => sent[index].url.endsWith(user));
		expect(at('user_1').filter((time) => time < 10_000)).toHaveLength(10);
		expect(at('user_2')).toEqual([0]);
	});

	it('counts updates of a user and of the metadata together', async () => {
		const { client, times } = clientWith(respondAtOnce);
		await Promise.all(
			Array.from({ length: 11 }, (_, turn) =>
				client.send(requestOf('PATCH', turn % 2 ? '/users/user_1' : '/users/user_1/metadata')),
			),
		);
		expect(times.filter((time) => time < 10_000)).toHaveLength(10);
	});

	it('counts updates of many users towards the limit of the key', async () => {
		const { client, times } = clientWith(respondAtOnce);
		await Promise.all(
			Array.from({ length: 600 }, (_, user) =>
				client.send(requestOf('PATCH', `/users/user_${user}`)),
			),
		);
		expect(times.filter((time) => time < 10_000)).toHaveLength(80);
	});

	/** Sends 80 requests in each of two executions of this process. @returns how many were sent at once */
	async function sentAtOnceWith(keys: string[]): Promise<number> {
		const clock = createClock({ automatic: true });
		const limiters = new RateLimiters(clock);
		const startedAt = clock.now();
		const times: number[] = [];
		const { host } = scriptedHost({}, () => {
			times.push(clock.now() - startedAt);
			return response(200, {});
		});
		const options = { maxWaitMs: 60_000, retries: defaultRetryPolicy(0) };
		const clients = keys.map(
			(secretKey) =>
				new Client(
					host,
					{ ...(credential as ClerkCredential), secretKey },
					limits,
					options,
					limiters,
				),
		);
		await Promise.all(clients.map(async (client) => await sendMany(client, 80)));
		expect(times).toHaveLength(160);
		return times.filter((at) => at === 0).length;
	}

	it('counts each key separately', async () => {
		expect(await sentAtOnceWith([KEY, `${KEY}2`])).toBe(160);
	});

	it('counts executions with the same key together', async () => {
		expect(await sentAtOnceWith([KEY, KEY])).toBe(80);
	});

	it('never exceeds the limits of key and user, whatever is updated and however late it arrives', async () => {
		const requests = fc.array(
			fc.record({
				user: fc.nat({ max: 12 }),
				arrivesAfter: fc.nat({ max: 900 }),
				respondsAfter: fc.nat({ max: 900 }),
				// Some are sent late, when the windows are full.
				comesAfter: fc.oneof(fc.constant(0), fc.nat({ max: 400 })),
			}),
			{ minLength: 80, maxLength: 260 },
		);
		await fc.assert(
			fc.asyncProperty(requests, async (plan) => {
				const arrivals: Array<{ user: string; at: number }> = [];
				const { client, clock } = clientWith(
					async ({ url }, count) => {
						await clock.wait(plan[count].arrivesAfter);
						arrivals.push({ user: url, at: clock.now() });
						await clock.wait(plan[count].respondsAfter);
						return response(200, {});
					},
					{ credential: { rateLimitShare: 100 }, maxWaitMs: 3_600_000 },
				);
				const sending: Array<Promise<unknown>> = [];
				for (const { user, comesAfter } of plan) {
					if (comesAfter > 0) await clock.wait(comesAfter);
					sending.push(client.send(requestOf('PATCH', `/users/user_${user}`)));
				}
				await Promise.all(sending);

				expect(arrivals).toHaveLength(plan.length);
				for (const { user, at } of arrivals) {
					const within = arrivals.filter((other) => other.at > at - 10_000 && other.at <= at);
					expect(within.length).toBeLessThanOrEqual(100);
					expect(within.filter((other) => other.user === user).length).toBeLessThanOrEqual(10);
				}
			}),
			{ numRuns: 25 },
		);
	});

	it('sends at the rate that other clients leave', async () => {
		// Clerk allows 100 in 10 s, of which others use 60; 400 updates of as many users.
		const arrivals: number[] = [];
		let rejected = 0;
		const { client, clock } = clientWith(
			async () => {
				const now = clock.now();
				const isRejected = arrivals.filter((at) => at > now - 10_000).length >= 40;
				if (isRejected) rejected++;
				else arrivals.push(now);
				await clock.wait(100);
				return isRejected ? errorResponse(429, [], { 'retry-after': '1' }) : response(200, {});
			},
			{ credential: { rateLimitShare: 100 } },
		);
		const startedAt = clock.now();
		let next = 0;
		const worker = async () => {
			while (next < 400) await client.send(requestOf('PATCH', `/users/user_${next++}`));
		};
		await Promise.all(Array.from({ length: 20 }, worker));
		expect(arrivals).toHaveLength(400);
		expect(clock.now() - startedAt).toBeLessThan(1.2 * 100_000);
		// All that are in flight first, then the few that probe whether the others are gone.
		expect(rejected).toBeLessThanOrEqual(20 + 4 * 4);
	});
});

describe('Client.send of a file', () => {
	const fileWith = (read: () => Promise<Buffer>) =>
		Object.assign(Object.create(Upload.prototype) as Upload, {
			fileName: 'a.png',
			mimeType: 'image/png',
			read,
		});
	const upload = (file: Upload): ApiRequest => ({
		method: 'POST',
		path: '/users/user_1/profile_image',
		body: { file } as unknown as ApiRequest['body'],
	});

	it('reads the file when its request may be sent, not while it waits', async () => {
		// 80 requests in 10 s: the last one waits.
		const { client, clock } = clientWith(() => response(200, {}));
		const startedAt = clock.now();
		const read: number[] = [];
		const file = fileWith(async () => {
			read.push(clock.now() - startedAt);
			return await Promise.resolve(Buffer.from('x'));
		});
		await Promise.all(Array.from({ length: 81 }, async () => await client.send(upload(file))));
		expect(read).toHaveLength(81);
		expect(read.filter((at) => at < 10_000)).toHaveLength(80);
	});

	it('frees its slots when the file cannot be read', async () => {
		const { client, sent, times } = clientWith(() => response(200, {}));
		const unreadable = fileWith(
			async () => await Promise.reject(new InvalidInputError('File', 'is an empty file')),
		);
		for (let index = 0; index < 200; index++) {
			await expect(client.send(upload(unreadable))).rejects.toThrow('File is an empty file');
		}
		expect(sent).toEqual([]);
		await client.send(get);
		expect(times).toEqual([0]);
	});
});
