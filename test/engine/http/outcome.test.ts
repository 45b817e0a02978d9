import {
	errorsOf,
	isNotFound,
	isNotFoundOutcome,
	isRejected,
	isServerError,
	isUnavailable,
	isUncertain,
	isUncertainError,
	outcomeOf,
	outcomeOfThrown,
	RequestError,
	retryAfterMs,
} from '../../../nodes/Clerk/engine/http/outcome';
import type { ApiRequest } from '../../../nodes/Clerk/engine/operation';

const get: ApiRequest = { method: 'GET', path: '/things' };
const post: ApiRequest = { method: 'POST', path: '/things' };
const NOW = Date.UTC(2026, 0, 1);

const response = (status: number, body?: unknown, request = get) =>
	({ kind: 'response', status, body, request }) as const;
const errorOf = (...args: Parameters<typeof response>) => new RequestError(response(...args));
const notSent = { kind: 'notSent', code: 'ECONNREFUSED', request: get } as const;

const notFoundBody = { errors: [{ message: 'no' }, { code: 'resource_not_found' }] };

describe('outcomeOf', () => {
	const read = (status: number, text: string, request = get) =>
		outcomeOf({ statusCode: status, headers: {}, body: text }, text, request, NOW);

	it.each([
		['JSON', read(200, '{"id":1}'), { kind: 'response', status: 200, body: { id: 1 } }],
		['no content to a POST', read(204, '', post), { kind: 'response', status: 204 }],
		['a 403 in text', read(403, 'no'), { kind: 'response', status: 403, body: 'no' }],
		['a 500 without content', read(500, ''), { kind: 'response', status: 500 }],
		['a redirect', read(300, ''), { kind: 'response', status: 300 }],
		['an informational response', read(199, 'x'), { kind: 'response', status: 199, body: 'x' }],
		['incomplete JSON', read(200, '{"id":'), { kind: 'invalidResponse', status: 200 }],
		["a proxy's page", read(299, '<html>', post), { kind: 'invalidResponse', status: 299 }],
		['no content to a GET', read(200, ''), { kind: 'invalidResponse', status: 200 }],
		[
			'text when the request accepts text',
			read(200, 'metric 1', { ...get, accept: 'text' }),
			{ kind: 'response', status: 200, body: 'metric 1' },
		],
	])('reads %s', (_, outcome, expected) => {
		expect(JSON.parse(JSON.stringify(outcome))).toEqual(expected);
	});

	it('returns Retry-After in milliseconds', () => {
		const headers = { 'retry-after': '3' };
		const outcome = outcomeOf({ statusCode: 429, headers, body: '' }, '', get, NOW);
		expect(outcome).toMatchObject({ retryAfterMs: 3_000 });
	});
});

describe('retryAfterMs', () => {
	it.each([
		['3', 3_000],
		[3, 3_000],
		['0.5', 500],
		['0', 0],
		['-5', 0],
		[new Date(NOW + 90_000).toUTCString(), 90_000],
		[new Date(NOW - 90_000).toUTCString(), 0],
		[undefined, undefined],
		[null, undefined],
		['', undefined],
		['soon', undefined],
		['3600', 3_600_000],
		['86400', 3_600_000],
		['10000000000000', 3_600_000],
		['Fri, 31 Dec 9999 23:59:59 GMT', 3_600_000],
		['1e999', undefined],
		['NaN', undefined],
	])('reads %j as %j ms', (header, ms) => {
		expect(retryAfterMs({ 'retry-after': header }, NOW)).toBe(ms);
	});

	it.each([
		[NOW - 86_400_000, 90_000],
		[NOW + 86_400_000, 90_000],
	])("reads a date by the response's own date (%i), not by this machine's", (sentAt, ms) => {
		const [date, until] = [sentAt, sentAt + ms].map((at) => new Date(at).toUTCString());
		expect(retryAfterMs({ 'retry-after': until, date }, NOW)).toBe(ms);
	});

	it("reads a date by this machine's where the response's own is none", () => {
		const until = new Date(NOW + 90_000).toUTCString();
		expect(retryAfterMs({ 'retry-after': until, date: 'today' }, NOW)).toBe(90_000);
	});
});

describe('outcomeOfThrown', () => {
	const thrown = (...causes: object[]) =>
		causes.reduceRight<unknown>(
			(cause, words) => Object.assign(new Error('x', { cause }), words),
			undefined,
		);

	it.each([
		['a refused connection', thrown({}, { code: 'ECONNREFUSED' }), 'notSent', 'ECONNREFUSED'],
		['a host without an address', thrown({ code: 'ENOTFOUND' }), 'notSent', 'ENOTFOUND'],
		['an invalid certificate', thrown({ code: 'CERT_HAS_EXPIRED' }), 'notSent', 'CERT_HAS_EXPIRED'],
		...[
			'EAI_AGAIN',
			'DEPTH_ZERO_SELF_SIGNED_CERT',
			'SELF_SIGNED_CERT_IN_CHAIN',
			'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
			'ERR_TLS_CERT_ALTNAME_INVALID',
		].map((code): [string, unknown, string, string] => [code, thrown({ code }), 'notSent', code]),
		...['EPROTO', 'ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_TLS_HANDSHAKE_TIMEOUT', 'ERR_SSL_X'].map(
			(code): [string, unknown, string, string] => [code, thrown({ code }), 'noResponse', code],
		),
		[
			'an unreachable host while connecting',
			thrown({ code: 'X' }, { code: 'EHOSTUNREACH', syscall: 'connect' }),
			'notSent',
			'EHOSTUNREACH',
		],
		[
			'an unreachable host after sending',
			thrown({ code: 'EHOSTUNREACH', syscall: 'read' }),
			'noResponse',
			'EHOSTUNREACH',
		],
		[
			'a reset connection',
			thrown({ code: 'ERR_BAD_REQUEST' }, { code: 'ECONNRESET' }),
			'noResponse',
			'ECONNRESET',
		],
		[
			'a code that is not a string',
			thrown({ code: 'ECONNRESET' }, { code: 5 }),
			'noResponse',
			'ECONNRESET',
		],
		[
			'a code that only contains a known one',
			thrown({ code: 'XECONNREFUSED' }),
			'noResponse',
			'XECONNREFUSED',
		],
		['a thrown string', 'text', 'noResponse', 'UNKNOWN'],
		['undefined', undefined, 'noResponse', 'UNKNOWN'],
	])('returns the kind and the code of %s', (_, error, kind, code) => {
		expect(outcomeOfThrown(error)).toEqual({ kind, code });
	});
});

describe('errorsOf', () => {
	it.each([
		[notFoundBody, notFoundBody.errors],
		[{ errors: [null, 'x', { code: 'y' }] }, [{ code: 'y' }]],
		[{ errors: 'x' }, []],
		[undefined, []],
		[null, []],
		['text', []],
	])('of %j returns %j', (body, entries) => {
		expect(errorsOf(body)).toEqual(entries);
	});
});

describe('RequestError', () => {
	it('lists the parameters that Clerk names', () => {
		const errors = [{ meta: { param_name: 'a' } }, {}, { meta: {} }, { meta: { param_name: 'b' } }];
		expect(errorOf(422, { errors }).parameters).toEqual(['a', 'b']);
		expect(new RequestError(notSent).parameters).toEqual([]);
		expect(errorOf(422).message).toBe('response');
	});
});

/** Not sent, with the status and body of a response, which must not count. */
const notSentWith = (status: number) =>
	new RequestError({ ...notSent, status, body: notFoundBody } as never);

describe('isNotFound', () => {
	it.each([
		["Clerk's 404", true, errorOf(404, notFoundBody)],
		["Clerk's 404 without an entry", true, errorOf(404, { errors: [] })],
		["a proxy's 404", false, errorOf(404, 'no such page')],
		['a 404 without a body', false, errorOf(404)],
		['a 404 with null', false, errorOf(404, null)],
		['403', false, errorOf(403, notFoundBody)],
		['a request that was not sent', false, notSentWith(404)],
		['a failure that was not thrown', false, response(404, notFoundBody)],
	])('of %s is %s', (_, expected, error) => {
		expect(isNotFound(error)).toBe(expected);
		if (error instanceof RequestError) expect(isNotFoundOutcome(error.failure)).toBe(expected);
	});
});

describe('isUnavailable', () => {
	it.each([
		['402', true, errorOf(402, notFoundBody)],
		['403', true, errorOf(403, notFoundBody)],
		['404', true, errorOf(404, notFoundBody)],
		['401', false, errorOf(401, notFoundBody)],
		['422', false, errorOf(422, notFoundBody)],
		['a 403 without a code', false, errorOf(403, { errors: [{ message: 'no' }] })],
		['a 403 with a code that is not a string', false, errorOf(403, { errors: [{ code: 5 }] })],
		["a proxy's 403", false, errorOf(403, 'proxy')],
		['a request that was not sent', false, notSentWith(403)],
		['a failure that was not thrown', false, response(403, notFoundBody)],
	])('of %s is %s', (_, expected, error) => {
		expect(isUnavailable(error)).toBe(expected);
	});
});

describe('isRejected', () => {
	it.each([
		['400', true, errorOf(400)],
		['404', true, errorOf(404)],
		['422', true, errorOf(422)],
		['403', false, errorOf(403)],
		['500', false, errorOf(500)],
		['a request that was not sent', false, notSentWith(400)],
		['a failure that was not thrown', false, response(400)],
	])('of %s is %s', (_, expected, error) => {
		expect(isRejected(error)).toBe(expected);
	});
});

describe('isServerError', () => {
	it.each([
		['a broken connection', true, { kind: 'noResponse', code: 'X' } as const],
		["a proxy's page", true, { kind: 'invalidResponse', status: 200 } as const],
		['a refused connection', true, notSent],
		['status 500', true, response(500)],
		['status 499', false, response(499)],
	])('of %s is %s', (_, expected, outcome) => {
		expect(isServerError(outcome)).toBe(expected);
	});
});

describe('isUncertain', () => {
	it.each([
		['a broken connection', true, { kind: 'noResponse', code: 'X' } as const],
		["a proxy's page", true, { kind: 'invalidResponse', status: 200 } as const],
		['a refused connection', false, notSent],
		['status 500', true, response(500)],
		['status 499', false, response(499)],
		['status 200', false, response(200)],
	])('of %s is %s for a POST, and false for other methods', (_, expected, outcome) => {
		expect(isUncertain('POST', outcome)).toBe(expected);
		for (const method of ['GET', 'PUT', 'PATCH', 'DELETE'] as const) {
			expect(isUncertain(method, outcome)).toBe(false);
		}
	});
});

describe('isUncertainError', () => {
	it.each([
		['a 500 to a POST', true, errorOf(500, undefined, post)],
		['a 500 to a GET', false, errorOf(500, undefined, get)],
		['a 422 to a POST', false, errorOf(422, undefined, post)],
		["the access policy's refusal", false, new RequestError({ kind: 'forbidden', reason: 'no' })],
		['a failure that was not thrown', false, response(500, undefined, post)],
	])('of %s is %s', (_, expected, error) => {
		expect(isUncertainError(error)).toBe(expected);
	});
});
