import fc from 'fast-check';

import { Client } from '../../../nodes/Clerk/engine/http/client';
import type { ClerkCredential } from '../../../nodes/Clerk/engine/http/credential';
import { InvalidInputError } from '../../../nodes/Clerk/engine/operation';
import type { ApiRequest, Method } from '../../../nodes/Clerk/engine/operation';
import { AlreadyDeleted, RequestError } from '../../../nodes/Clerk/engine/http/outcome';
import type { Failure } from '../../../nodes/Clerk/engine/http/outcome';
import { CancelledError } from '../../../nodes/Clerk/engine/rateLimit/cancellation';
import { RateLimiters } from '../../../nodes/Clerk/engine/rateLimit/rateLimiters';
import { defaultRetryPolicy } from '../../../nodes/Clerk/engine/http/retries';
import type { RetryPolicy } from '../../../nodes/Clerk/engine/http/retries';
import { Upload } from '../../../nodes/Clerk/engine/http/upload';
import { limits } from '../../../nodes/Clerk/resources/limits';
import { createClock } from '../../support/clock';
import {
	answer,
	broken,
	credential,
	everythingIn,
	hanging,
	KEY,
	refusal,
	scriptedHost,
} from '../../support/scripted';
import type { Answer } from '../../support/scripted';

interface Given {
	credential?: Partial<ClerkCredential>;
	retries?: Partial<RetryPolicy>;
	maxWaitMs?: number;
	signal?: AbortSignal;
}

/** A client whose Clerk answers what `answerTo` says, in a time that runs by itself. */
function clientWith(answerTo: Answer, given: Given = {}) {
	const clock = createClock({ automatic: true });
	const times: number[] = [];
	const startedAt = clock.now();
	const { host, sent, additions } = scriptedHost(
		{ signal: given.signal },
		async (request, count) => {
			times.push(clock.now() - startedAt);
			return await answerTo(request, count);
		},
	);
	const client = new Client(
		host,
		{ ...(credential as ClerkCredential), ...given.credential },
		limits,
		{
			maxWaitMs: given.maxWaitMs ?? 60_000,
			retries: { ...defaultRetryPolicy(5), ...given.retries },
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
const READING_AND_SETTING: Method[] = ['GET', 'PUT', 'PATCH', 'DELETE'];
const VERBS: Method[] = [...READING_AND_SETTING, 'POST'];

/** First a fault, then all is well. */
const once =
	(fault: () => unknown): Answer =>
	async (_, count) =>
		count === 0 ? await fault() : answer(200, { id: 'user_1' });

const thrown = (code: string, syscall?: string) => async () =>
	await Promise.reject(broken(code, syscall));

describe('sending', () => {
	it('sends with the options that let it see status and headers before anything is thrown', async () => {
		const { client, sent } = clientWith(() => answer(200, []));
		await client.send({ method: 'GET', path: '/users', query: { limit: 5, user_id: ['a', 'b'] } });
		expect(sent).toEqual([
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
		]);
	});

	it('sends an empty body as the text {} with its content type, since n8n drops an empty object', async () => {
		const { client, sent } = clientWith(() => answer(200, {}));
		await client.send({ ...requestOf('PATCH'), body: {} });
		expect(sent[0].body).toBe('{}');
		expect(sent[0].headers).toMatchObject({ 'Content-Type': 'application/json' });
	});

	it('sends neither body nor content type where there is no body', async () => {
		const { client, sent } = clientWith(() => answer(200, {}));
		await client.send(requestOf('POST', '/users/user_1/ban'));
		expect(sent[0].body).toBeUndefined();
		expect(sent[0].headers).not.toHaveProperty('Content-Type');
	});

	it('hands n8n the credential already decrypted, and never puts the key into a header itself', async () => {
		const { client, sent, additions } = clientWith(() => answer(200, {}));
		await client.send(get);
		expect(additions).toMatchObject([
			{ credentialsDecrypted: { type: 'clerkApi', data: { secretKey: KEY } } },
		]);
		expect(JSON.stringify(sent)).not.toContain(KEY);
	});

	it('gives the parsed JSON of an answer, and nothing for one without content', async () => {
		const { client } = clientWith((_, count) =>
			count === 0 ? answer(200, { a: 1 }) : answer(204),
		);
		expect(await client.send(get)).toEqual({ a: 1 });
		expect(await client.send(requestOf('DELETE'))).toBeUndefined();
	});

	it('keeps a key called __proto__ of an answer as data', async () => {
		const { client } = clientWith(() => answer(200, '{"__proto__":{"admin":true}}'));
		const body = (await client.send(get)) as object;
		expect(Object.keys(body)).toEqual(['__proto__']);
		expect(body).not.toHaveProperty('admin');
	});

	it.each(['https://api.clerk.com/v1/', 'https://api.clerk.com/v1//'])(
		'makes the same address of a base URL that ends in slashes: %s',
		async (baseUrl) => {
			const { client, sent } = clientWith(() => answer(200, {}), { credential: { baseUrl } });
			await client.send(get);
			expect(sent[0].url).toBe('https://api.clerk.com/v1/users/user_1');
		},
	);
});

describe('what is refused before it is sent', () => {
	it.each([
		['an empty key', { secretKey: '' }],
		['a publishable key', { secretKey: 'pk_test_abc' }],
		['an API URL that is none', { baseUrl: 'clerk' }],
		['an API URL without http', { baseUrl: 'ftp://api.clerk.com/v1' }],
	])('refuses %s', (_, wrong) => {
		const make = () => clientWith(() => answer(200, {}), { credential: wrong });
		expect(make).toThrow(RequestError);
	});

	it.each([
		['readOnly', 'PATCH'],
		['readOnly', 'POST'],
		['readOnly', 'DELETE'],
		['noDeletes', 'DELETE'],
		['a policy that does not exist', 'GET'],
	] as const)('sends nothing that the policy %s forbids: %s', async (accessPolicy, method) => {
		const { client, sent } = clientWith(() => answer(200, {}), {
			credential: { accessPolicy: accessPolicy as ClerkCredential['accessPolicy'] },
		});
		expect(await failureOf(client.send(requestOf(method)))).toMatchObject({ kind: 'refused' });
		expect(sent).toEqual([]);
	});

	// The address would be refused by the credential for every request, which must not look like a
	// broken connection, let alone like a POST that may have been carried out.
	it.each(['https://api.clerk.com/v1 ', 'https://api.clerk.com/v1?', 'https://api.clerk.com/v1#'])(
		'uses or refuses an API URL pasted as "%s", but does not send elsewhere',
		async (baseUrl) => {
			let url = '';
			try {
				const { client, sent } = clientWith(() => answer(200, {}), { credential: { baseUrl } });
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

describe('the key', () => {
	const ENDINGS: Array<[string, Answer]> = [
		['a broken connection', thrown('ECONNRESET')],
		['a refused connection', thrown('ECONNREFUSED')],
		['a 401 that repeats it', () => refusal(401, [{ message: 'invalid' }])],
		['a page instead of JSON', () => answer(200, '<html>no</html>')],
	];

	it.each(ENDINGS)('is in nothing that is thrown after %s', async (_, answerTo) => {
		const { client } = clientWith(answerTo);
		const error: unknown = await client.send(get).catch((caught: unknown) => caught);
		expect(error).toBeInstanceOf(RequestError);
		expect(everythingIn(error)).not.toContain(KEY);
	});
});

describe('429', () => {
	it.each(VERBS)('is sent again, for %s too, once Retry-After is over', async (method) => {
		const { client, times } = clientWith(once(() => refusal(429, [], { 'retry-after': '7' })));
		await client.send(requestOf(method));
		expect(times).toEqual([0, 7_000]);
	});

	it('understands a date in Retry-After', async () => {
		const { client, times, clock } = clientWith(
			once(() => {
				const date = new Date(clock.now() + 9_000).toUTCString();
				return refusal(429, [], { 'retry-after': date });
			}),
		);
		await client.send(get);
		expect(times).toEqual([0, 9_000]);
	});

	it.each([undefined, 'soon', ''])('backs off by itself when Retry-After is %j', async (value) => {
		const headers: Record<string, string> = value === undefined ? {} : { 'retry-after': value };
		const { client, times } = clientWith(
			(_, count) => (count < 3 ? refusal(429, [], headers) : answer(200, {})),
			{ retries: { delayMs: (count) => 1_000 * 2 ** count } },
		);
		await client.send(get);
		expect(times).toEqual([0, 1_000, 3_000, 7_000]);
	});

	// Rounded down, a wait of half a second is "Retry-After: 0"; all tries in the same instant help nobody.
	it.each(['0', '-3'])('still backs off when Retry-After is %s', async (value) => {
		const { client, times } = clientWith(
			once(() => refusal(429, [], { 'retry-after': value })),
			{
				retries: { delayMs: () => 500 },
			},
		);
		await client.send(get);
		expect(times[1]).toBeGreaterThanOrEqual(500);
	});

	it('is given up once it was said too often, as what Clerk answered', async () => {
		const { client, sent } = clientWith(() => refusal(429, [], { 'retry-after': '1' }), {
			retries: { maxRateLimitRetries: 3 },
		});
		expect(await failureOf(client.send(get))).toMatchObject({ kind: 'response', status: 429 });
		expect(sent).toHaveLength(4);
	});

	it('is not waited for when that takes longer than the maximum', async () => {
		const { client, sent, clock } = clientWith(() => refusal(429, [], { 'retry-after': '90' }));
		const until = clock.now() + 90_000;
		expect(await failureOf(client.send(get))).toMatchObject({ kind: 'limited', until });
		expect(sent).toHaveLength(1);
	});

	it('pauses every other request of the key, too', async () => {
		const { client, times, clock } = clientWith(
			once(() => refusal(429, [], { 'retry-after': '5' })),
		);
		const later = clock.wait(1_000).then(() => client.send(requestOf('GET', '/users/count')));
		await Promise.all([client.send(get), later]);
		expect(times).toEqual([0, 5_000, 5_000]);
	});

	// A clock that differs makes a date in Retry-After more than the hour.
	it.each([30, 3_605])(
		'of %d s that is longer than the key’s window is blamed on the limit of the hour, where there is one',
		async (seconds) => {
			const { client, times, clock } = clientWith(
				once(() => refusal(429, [], { 'retry-after': String(seconds) })),
				{ maxWaitMs: 7_200_000 },
			);
			const other = clock.wait(1_000).then(() => client.send(requestOf('PATCH')));
			await Promise.all([client.send(requestOf('POST', '/invitations')), other]);
			expect(times).toEqual([0, 1_000, seconds * 1_000]);
		},
	);

	// A user's limit holds for ten seconds like the key's: what takes longer is a block of the key.
	it('that is longer than any window it lives on is learnt once, and not once a user', async () => {
		const { client, times, clock } = clientWith(
			once(() => refusal(429, [], { 'retry-after': '30' })),
		);
		const other = clock.wait(1_000).then(() => client.send(requestOf('PATCH', '/users/user_2')));
		await Promise.all([client.send(requestOf('PATCH')), other]);
		expect(times).toEqual([0, 30_000, 30_000]);
	});

	it('that keeps updates from being sent does not count against their users', async () => {
		const { client, times, clock } = clientWith(
			once(() => refusal(429, [], { 'retry-after': '90' })),
			{ credential: { secretKey: KEY.replace('test', 'live') } },
		);
		const updates = () => Array.from({ length: 10 }, () => client.send(requestOf('PATCH')));
		await failureOf(client.send(get));
		await Promise.all(updates().map(failureOf));
		await clock.wait(90_000);
		await Promise.all(updates());
		expect(times).toEqual([0, ...Array.from({ length: 10 }, () => 90_000)]);
	});

	it('of a user who has used up the own limit leaves the other users alone', async () => {
		const { client, times, sent } = clientWith(({ url }, count) =>
			url.endsWith('/user_1') && count === 10
				? refusal(429, [], { 'retry-after': '8' })
				: answer(200, {}),
		);
		for (let turn = 0; turn < 10; turn++) await client.send(requestOf('PATCH'));
		const limited = client.send(requestOf('PATCH'));
		const other = client.send(requestOf('PATCH', '/users/user_2'));
		await Promise.all([limited, other]);
		const atOther = times[sent.findIndex(({ url }) => url.endsWith('/user_2'))];
		expect(atOther).toBeLessThan(8_000);
	});
});

describe('a server fault', () => {
	it.each(READING_AND_SETTING)('is tried again for %s', async (method) => {
		const { client, sent } = clientWith(once(() => answer(503, 'upstream')));
		expect(await client.send(requestOf(method))).toEqual({ id: 'user_1' });
		expect(sent).toHaveLength(2);
	});

	it.each([500, 502, 503, 504])('of status %i is not tried again for POST', async (status) => {
		const { client, sent } = clientWith(() => answer(status, 'upstream'));
		expect(await failureOf(client.send(requestOf('POST')))).toMatchObject({ status });
		expect(sent).toHaveLength(1);
	});

	it.each([400, 401, 402, 403, 404, 409, 422])('is none when the status is %i', async (status) => {
		const { client, sent } = clientWith(() => refusal(status, []));
		expect(await failureOf(client.send(get))).toMatchObject({ kind: 'response', status });
		expect(sent).toHaveLength(1);
	});

	it('is tried again as often as allowed, with growing waits, and then thrown', async () => {
		const { client, times } = clientWith(() => answer(500, 'down'), {
			retries: { delayMs: (count) => 1_000 * 2 ** count },
		});
		expect(await failureOf(client.send(get))).toMatchObject({ status: 500, body: 'down' });
		expect(times).toEqual([0, 1_000, 3_000, 7_000, 15_000, 31_000]);
	});

	it('waits at least as long as its Retry-After asks', async () => {
		const { client, times } = clientWith(once(() => answer(503, '', { 'retry-after': '11' })));
		await client.send(get);
		expect(times).toEqual([0, 11_000]);
	});

	it('is not tried again once too much time went by', async () => {
		const { client, times } = clientWith(() => answer(500, ''), {
			retries: { delayMs: () => 40_000, maxElapsedMs: 100_000 },
		});
		await failureOf(client.send(get));
		expect(times).toEqual([0, 40_000, 80_000]);
	});

	// Standing in line is not trying: what Clerk's limit cost must not eat up the tries.
	it('is tried again although the rate limit kept the request waiting for long before', async () => {
		const { client, times } = clientWith(
			(_, count) =>
				count === 0
					? refusal(429, [], { 'retry-after': '200' })
					: count === 1
						? answer(503, '')
						: answer(200, {}),
			{ maxWaitMs: 300_000 },
		);
		await client.send(get);
		expect(times).toHaveLength(3);
	});

	it('is tried again although the rate limit was waited for between two of them', async () => {
		const { client, times } = clientWith(
			(_, count) =>
				count === 1
					? refusal(429, [], { 'retry-after': '200' })
					: count < 3
						? answer(503, '')
						: answer(200, {}),
			{ maxWaitMs: 300_000 },
		);
		await client.send(get);
		expect(times).toHaveLength(4);
	});

	it('waits with jitter, more each time and never longer than eight seconds', () => {
		const { delayMs } = defaultRetryPolicy(5);
		for (let count = 0; count < 12; count++) {
			const full = Math.min(8_000, 500 * 2 ** count);
			const delay = delayMs(count);
			expect(delay).toBeGreaterThanOrEqual(full / 2);
			expect(delay).toBeLessThanOrEqual(full);
		}
	});
});

describe('a connection', () => {
	it.each(VERBS)('that was refused lets %s be sent again: nothing had left', async (method) => {
		const { client, sent } = clientWith(once(thrown('ECONNREFUSED')));
		await client.send(requestOf(method));
		expect(sent).toHaveLength(2);
	});

	it.each([
		['ENOTFOUND', 'getaddrinfo'],
		['EAI_AGAIN', 'getaddrinfo'],
		['EHOSTUNREACH', 'connect'],
		['ENETUNREACH', 'connect'],
	])('that could not be made (%s) lets a POST be sent again', async (code, syscall) => {
		const { client, sent } = clientWith(once(thrown(code, syscall)));
		await client.send(requestOf('POST'));
		expect(sent).toHaveLength(2);
	});

	// A request leaves after the handshake; where that did not happen, nothing was carried out.
	it.each([
		'CERT_HAS_EXPIRED',
		'DEPTH_ZERO_SELF_SIGNED_CERT',
		'ERR_TLS_CERT_ALTNAME_INVALID',
		'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
		'EPROTO',
	])('without a TLS handshake (%s) is no unknown outcome of a POST', async (code) => {
		const { client } = clientWith(thrown(code));
		expect(await failureOf(client.send(requestOf('POST')))).toMatchObject({
			kind: 'notSent',
			code,
		});
	});

	it.each(READING_AND_SETTING)('that broke lets %s be sent again', async (method) => {
		const { client, sent } = clientWith(once(thrown('ECONNRESET')));
		await client.send(requestOf(method));
		expect(sent).toHaveLength(2);
	});

	it.each(['ECONNRESET', 'ECONNABORTED', 'ETIMEDOUT', 'EPIPE'])(
		'that broke with %s leaves the outcome of a POST unknown, and it is not sent again',
		async (code) => {
			const { client, sent } = clientWith(thrown(code));
			expect(await failureOf(client.send(requestOf('POST')))).toMatchObject({
				kind: 'noResponse',
				code,
			});
			expect(sent).toHaveLength(1);
		},
	);

	it('that stays refused is reported as unreached', async () => {
		const { client, sent } = clientWith(thrown('ECONNREFUSED'));
		expect(await failureOf(client.send(get))).toMatchObject({ kind: 'notSent' });
		expect(sent).toHaveLength(6);
	});
});

describe('an answer', () => {
	it.each([
		['cut short', '{"id":"user_1","first_na'],
		['that is a page', '<!doctype html>'],
	])('%s is asked for again where that is safe', async (_, body) => {
		const { client, sent } = clientWith(once(() => answer(200, body)));
		expect(await client.send(get)).toEqual({ id: 'user_1' });
		expect(sent).toHaveLength(2);
	});

	it('to a POST that is not JSON leaves the outcome unknown', async () => {
		const { client, sent } = clientWith(() => answer(200, '<html>'));
		expect(await failureOf(client.send(requestOf('POST')))).toMatchObject({
			kind: 'invalidResponse',
		});
		expect(sent).toHaveLength(1);
	});

	it('that is text is given as text where text was asked for', async () => {
		const { client } = clientWith(() => answer(200, 'plain'));
		expect(await client.send({ ...get, accept: 'text' })).toBe('plain');
	});

	it('that redirects is not followed', async () => {
		const { client, sent } = clientWith(() =>
			answer(302, '', { location: 'https://evil.example' }),
		);
		expect(await failureOf(client.send(get))).toMatchObject({ kind: 'response', status: 302 });
		expect(sent).toHaveLength(1);
	});

	// An empty list would be taken for "nobody is there", and the workflow would act on that.
	it('of status 200 to a GET without any content is not an answer', async () => {
		const { client } = clientWith(() => answer(200));
		expect(await failureOf(client.send(get))).toMatchObject({ kind: 'invalidResponse' });
	});
});

describe('a POST of which nobody knows the outcome', () => {
	const ban = requestOf('POST', '/users/user_1/ban');
	const join = requestOf('POST', '/organizations/org_1/memberships');
	const check = requestOf('GET', '/organizations/org_1/memberships');

	it.each([
		['a broken connection', thrown('ECONNRESET')],
		['a server fault', () => answer(502, '')],
	])('is sent again after %s, where twice is the same as once', async (_, fault) => {
		const { client, sent, times } = clientWith(async (_request, count) =>
			count < 5 ? await fault() : answer(200, { id: 'user_1' }),
		);
		expect(await client.send({ ...ban, isIdempotent: true })).toEqual({ id: 'user_1' });
		expect(sent).toHaveLength(6);
		expect(times[5]).toBeGreaterThan(7_000);
	});

	it('is sent again where its check lists nothing', async () => {
		const { client, sent } = clientWith(async ({ method }, count) => {
			if (method === 'GET') return answer(200, { data: [], total_count: 0 });
			return count === 0 ? await thrown('ECONNRESET')() : answer(200, { id: 'orgmem_1' });
		});
		expect(await client.send({ ...join, verifyWith: check })).toEqual({ id: 'orgmem_1' });
		expect(sent.map(({ method }) => method)).toEqual(['POST', 'GET', 'POST']);
	});

	it('is not sent again where its check lists something', async () => {
		const { client, sent } = clientWith(async ({ method }) =>
			method === 'GET'
				? answer(200, { data: [{ id: 'orgmem_1' }], total_count: 1 })
				: await thrown('ECONNRESET')(),
		);
		expect(await client.send({ ...join, verifyWith: check })).toBeUndefined();
		expect(sent.map(({ method }) => method)).toEqual(['POST', 'GET']);
	});

	it('is not checked where it only has to wait for the limit', async () => {
		const { client, sent } = clientWith(once(() => refusal(429, [], { 'retry-after': '1' })));
		await client.send({ ...join, verifyWith: check });
		expect(sent.map(({ method }) => method)).toEqual(['POST', 'POST']);
	});
});

describe('a write that may have been carried out', () => {
	it.each(READING_AND_SETTING.slice(1))('and then never left is in doubt: %s', async (method) => {
		const { client } = clientWith(
			async (_, count) => await thrown(count === 0 ? 'ECONNRESET' : 'ECONNREFUSED')(),
		);
		expect(await failureOf(client.send(requestOf(method)))).toMatchObject({
			kind: 'noResponse',
			code: 'ECONNRESET',
		});
	});

	it('is in doubt where it had to wait too long to go again', async () => {
		const { client } = clientWith(async (_, count) =>
			count === 0 ? await thrown('ECONNRESET')() : refusal(429, [], { 'retry-after': '9000' }),
		);
		expect(await failureOf(client.send(requestOf('PATCH')))).toMatchObject({ kind: 'noResponse' });
	});

	it('is in doubt where the connection broke in the middle of it', async () => {
		const { client, sent } = clientWith(thrown('EHOSTUNREACH', 'read'));
		expect(await failureOf(client.send(requestOf('POST')))).toMatchObject({ kind: 'noResponse' });
		expect(sent).toHaveLength(1);
	});

	it('is in doubt where what tells of it cannot be read', async () => {
		const check = requestOf('GET', '/organizations/org_1/memberships');
		const { client } = clientWith(async ({ method }) =>
			method === 'GET' ? refusal(401, [{ code: 'no' }]) : await thrown('ECONNRESET')(),
		);
		const join = { ...requestOf('POST', '/organizations/org_1/memberships'), check };
		expect(await failureOf(client.send(join))).toMatchObject({
			kind: 'noResponse',
			request: { method: 'POST' },
		});
	});
});

describe('DELETE', () => {
	it('that was cut off is not done because something else answers 404', async () => {
		const { client } = clientWith(async (_, count) =>
			count === 0 ? await thrown('ECONNRESET')() : answer(404, '<html>no such page</html>'),
		);
		expect(await failureOf(client.send(requestOf('DELETE')))).toMatchObject({ status: 404 });
	});

	const gone = () => refusal(404, [{ code: 'resource_not_found', message: 'not found' }]);

	it('that was cut off and then finds nothing had been carried out', async () => {
		const { client } = clientWith(async (_, count) =>
			count === 0 ? await Promise.reject(broken('ECONNRESET')) : gone(),
		);
		const body = await client.send(requestOf('DELETE', '/users/user%201'));
		expect(body).toEqual({ deleted: true });
		expect(body).toBeInstanceOf(AlreadyDeleted);
	});

	it('that never left before it found nothing is a 404', async () => {
		const { client } = clientWith(async (_, count) =>
			count === 0 ? await Promise.reject(broken('ECONNREFUSED')) : gone(),
		);
		expect(await failureOf(client.send(requestOf('DELETE')))).toMatchObject({ status: 404 });
	});

	it('that was only told to wait before it found nothing is a 404', async () => {
		const { client } = clientWith((_, count) => (count === 0 ? refusal(429, []) : gone()));
		expect(await failureOf(client.send(requestOf('DELETE')))).toMatchObject({ status: 404 });
	});

	it.each([
		[503, false],
		[500, false],
		[502, true],
		[504, true],
	])('that %i answered before it found nothing had been carried out: %p', async (status, done) => {
		const { client } = clientWith((_, count) => (count === 0 ? answer(status, '') : gone()));
		const sending = client.send(requestOf('DELETE', '/users/user_1'));
		// A gateway may have passed it on; Clerk itself would have said so.
		if (done) expect(await sending).toMatchObject({ deleted: true });
		else expect(await failureOf(sending)).toMatchObject({ status: 404 });
	});

	it('alone is forgiven a 404: a PATCH that was cut off is not', async () => {
		const { client } = clientWith(async (_, count) =>
			count === 0 ? await Promise.reject(broken('ECONNRESET')) : gone(),
		);
		expect(await failureOf(client.send(requestOf('PATCH')))).toMatchObject({ status: 404 });
	});
});

describe('an answer that holds the secret key', () => {
	it('comes without it', async () => {
		const { client } = clientWith(() => answer(200, { note: `key ${credential.secretKey}.` }));
		expect(await client.send(get)).toEqual({ note: 'key ********.' });
	});
});

describe('stopping the execution', () => {
	it('ends the wait before a repetition', async () => {
		const stop = new AbortController();
		const { client, sent } = clientWith(
			() => {
				stop.abort();
				return answer(503, '');
			},
			{ signal: stop.signal },
		);
		await expect(client.send(get)).rejects.toBeInstanceOf(CancelledError);
		expect(sent).toHaveLength(1);
	});

	it('ends the wait for the rate limit', async () => {
		const stop = new AbortController();
		const { client, sent, times } = clientWith(
			() => {
				void Promise.resolve().then(() => stop.abort());
				return refusal(429, [], { 'retry-after': '30' });
			},
			{ signal: stop.signal },
		);
		await expect(client.send(get)).rejects.toBeInstanceOf(CancelledError);
		expect(sent).toHaveLength(1);
		expect(times).toEqual([0]);
	});

	it('ends a request that hangs', async () => {
		const stop = new AbortController();
		const { client } = clientWith(
			async ({ abortSignal }) => {
				const hung = hanging(abortSignal);
				stop.abort();
				return await hung;
			},
			{ signal: stop.signal },
		);
		await expect(client.send(get)).rejects.toBeInstanceOf(CancelledError);
	});

	it('sends nothing when it was stopped before', async () => {
		const { client, sent } = clientWith(() => answer(200, {}), { signal: AbortSignal.abort() });
		await expect(client.send(get)).rejects.toBeInstanceOf(CancelledError);
		expect(sent).toEqual([]);
	});

	it('keeps an answer that came in spite of it', async () => {
		const stop = new AbortController();
		const { client } = clientWith(
			() => {
				stop.abort();
				return answer(200, { id: 'user_1' });
			},
			{ signal: stop.signal },
		);
		expect(await client.send(requestOf('POST'))).toEqual({ id: 'user_1' });
	});
});

describe('the rate limit', () => {
	const answerAtOnce = () => answer(200, {});

	const sendMany = async (client: Client, count: number, path = '/users/count') =>
		await Promise.all(Array.from({ length: count }, () => client.send(requestOf('GET', path))));

	it('of a development key lets 80 of its 100 requests go at once, and the next after 10 s', async () => {
		const { client, times } = clientWith(answerAtOnce);
		await sendMany(client, 81);
		expect(times.filter((at) => at < 10_000)).toHaveLength(80);
		expect(times[80]).toBeGreaterThanOrEqual(10_000);
	});

	it('of a production key is ten times that', async () => {
		const { client, times } = clientWith(answerAtOnce, {
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
	])('with a share of %i % lets %i go', async (rateLimitShare, expected) => {
		const { client, times } = clientWith(answerAtOnce, { credential: { rateLimitShare } });
		await sendMany(client, expected + 1);
		expect(times.filter((at) => at < 10_000)).toHaveLength(expected);
	});

	it('of one user lets 10 updates go in 10 s, and does not hold up others', async () => {
		const { client, times, sent } = clientWith(answerAtOnce);
		await Promise.all([
			...Array.from({ length: 11 }, () => client.send(requestOf('PATCH'))),
			client.send(requestOf('PATCH', '/users/user_2')),
		]);
		const at = (user: string) => times.filter((_, index) => sent[index].url.endsWith(user));
		expect(at('user_1').filter((time) => time < 10_000)).toHaveLength(10);
		expect(at('user_2')).toEqual([0]);
	});

	it('counts updates and metadata of one user together', async () => {
		const { client, times } = clientWith(answerAtOnce);
		await Promise.all(
			Array.from({ length: 11 }, (_, turn) =>
				client.send(requestOf('PATCH', turn % 2 ? '/users/user_1' : '/users/user_1/metadata')),
			),
		);
		expect(times.filter((time) => time < 10_000)).toHaveLength(10);
	});

	it('of the key counts them all, when many users are updated at once', async () => {
		const { client, times } = clientWith(answerAtOnce);
		await Promise.all(
			Array.from({ length: 600 }, (_, user) =>
				client.send(requestOf('PATCH', `/users/user_${user}`)),
			),
		);
		expect(times.filter((time) => time < 10_000)).toHaveLength(80);
	});

	/** 80 requests by each of two executions of this process. @returns how many went at once */
	async function sentAtOnceWith(keys: string[]): Promise<number> {
		const clock = createClock({ automatic: true });
		const windows = new RateLimiters(clock);
		const startedAt = clock.now();
		const times: number[] = [];
		const { host } = scriptedHost({}, () => {
			times.push(clock.now() - startedAt);
			return answer(200, {});
		});
		const options = { maxWaitMs: 60_000, retries: defaultRetryPolicy(0) };
		const clients = keys.map(
			(secretKey) =>
				new Client(
					host,
					{ ...(credential as ClerkCredential), secretKey },
					limits,
					options,
					windows,
				),
		);
		await Promise.all(clients.map(async (client) => await sendMany(client, 80)));
		expect(times).toHaveLength(160);
		return times.filter((at) => at === 0).length;
	}

	it('is counted for each key on its own', async () => {
		expect(await sentAtOnceWith([KEY, `${KEY}2`])).toBe(160);
	});

	it('is shared by the executions that use the same key', async () => {
		expect(await sentAtOnceWith([KEY, KEY])).toBe(80);
	});

	it('is never crossed, nor that of a user, whoever is updated and however late it arrives', async () => {
		const requests = fc.array(
			fc.record({
				user: fc.nat({ max: 12 }),
				arrivesAfter: fc.nat({ max: 900 }),
				answeredAfter: fc.nat({ max: 900 }),
				// Some come late, when the windows have filled.
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
						await clock.wait(plan[count].answeredAfter);
						return answer(200, {});
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

	it('that others use up, too, is gone on with at the rate they leave', async () => {
		// Clerk grants 100 in 10 s, of which others take 60; 400 updates of as many users.
		const arrivals: number[] = [];
		let rejected = 0;
		const { client, clock } = clientWith(
			async () => {
				const now = clock.now();
				const isRejected = arrivals.filter((at) => at > now - 10_000).length >= 40;
				if (isRejected) rejected++;
				else arrivals.push(now);
				await clock.wait(100);
				return isRejected ? refusal(429, [], { 'retry-after': '1' }) : answer(200, {});
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
		// At first all that are in flight; later the few that see whether the others are gone.
		expect(rejected).toBeLessThanOrEqual(20 + 4 * 4);
	});
});

describe('a file', () => {
	/** A file that says when it is read. */
	const fileThat = (read: () => Promise<Buffer>) =>
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

	it('is read when its request may leave, and not while it waits', async () => {
		// 80 requests in 10 s: the others wait for a window of their own.
		const { client, clock } = clientWith(() => answer(200, {}));
		const startedAt = clock.now();
		const read: number[] = [];
		const file = fileThat(async () => {
			read.push(clock.now() - startedAt);
			return await Promise.resolve(Buffer.from('x'));
		});
		await Promise.all(Array.from({ length: 81 }, async () => await client.send(upload(file))));
		expect(read).toHaveLength(81);
		expect(read.filter((at) => at < 10_000)).toHaveLength(80);
	});

	it('that cannot be read gives its turn back', async () => {
		const { client, sent, times } = clientWith(() => answer(200, {}));
		const gone = fileThat(
			async () => await Promise.reject(new InvalidInputError('File', 'is an empty file')),
		);
		for (let index = 0; index < 200; index++) {
			await expect(client.send(upload(gone))).rejects.toThrow('File is an empty file');
		}
		expect(sent).toEqual([]);
		await client.send(get);
		expect(times).toEqual([0]);
	});
});
