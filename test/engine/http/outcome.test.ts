import {
	errorsOf,
	isClosed,
	isMissing,
	isNotFound,
	isUncertainError,
	isRefused,
	isUncertain,
	outcomeOf,
	outcomeOfThrown,
	RequestError,
	retryAfterMs,
} from '../../../nodes/Clerk/engine/http/outcome';
import type { ApiRequest } from '../../../nodes/Clerk/engine/operation';

const get: ApiRequest = { method: 'GET', path: '/things' };
const post: ApiRequest = { method: 'POST', path: '/things' };
const NOW = Date.UTC(2026, 0, 1);

const answered = (status: number, body?: unknown, request = get) =>
	({ kind: 'response', status, body, request }) as const;
const refused = (...given: Parameters<typeof answered>) => new RequestError(answered(...given));
const unreached = { kind: 'notSent', code: 'ECONNREFUSED', request: get } as const;

const coded = { errors: [{ message: 'no' }, { code: 'resource_not_found' }] };

describe('an answer', () => {
	const read = (status: number, text: string, request = get) =>
		outcomeOf({ statusCode: status, headers: {}, body: text }, text, request, NOW);

	it.each([
		['JSON', read(200, '{"id":1}'), { kind: 'response', status: 200, body: { id: 1 } }],
		['nothing, where none is needed', read(204, '', post), { kind: 'response', status: 204 }],
		['a refusal in text', read(403, 'no'), { kind: 'response', status: 403, body: 'no' }],
		['a refusal without words', read(500, ''), { kind: 'response', status: 500 }],
		['a redirect', read(300, ''), { kind: 'response', status: 300 }],
		['a hint ahead of one', read(199, 'x'), { kind: 'response', status: 199, body: 'x' }],
		['JSON cut short', read(200, '{"id":'), { kind: 'invalidResponse', status: 200 }],
		['a page of a proxy', read(299, '<html>', post), { kind: 'invalidResponse', status: 299 }],
		[
			'nothing, where a record was asked for',
			read(200, ''),
			{ kind: 'invalidResponse', status: 200 },
		],
		[
			'text, where text was asked for',
			read(200, 'metric 1', { ...get, accept: 'text' }),
			{ kind: 'response', status: 200, body: 'metric 1' },
		],
	])('that is %s', (_, outcome, expected) => {
		expect(JSON.parse(JSON.stringify(outcome))).toEqual(expected);
	});

	it('says how long to wait', () => {
		const headers = { 'retry-after': '3' };
		const outcome = outcomeOf({ statusCode: 429, headers, body: '' }, '', get, NOW);
		expect(outcome).toMatchObject({ retryAfterMs: 3_000 });
	});
});

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
	['1e999', undefined],
	['NaN', undefined],
])('Retry-After %j is %j ms', (header, ms) => {
	expect(retryAfterMs(header, NOW)).toBe(ms);
});

describe('the outcome', () => {
	const thrown = (...causes: object[]) =>
		causes.reduceRight<unknown>(
			(cause, words) => Object.assign(new Error('x', { cause }), words),
			undefined,
		);

	it.each([
		['a refused connection', thrown({}, { code: 'ECONNREFUSED' }), 'notSent', 'ECONNREFUSED'],
		['a name without an address', thrown({ code: 'ENOTFOUND' }), 'notSent', 'ENOTFOUND'],
		['a certificate', thrown({ code: 'CERT_HAS_EXPIRED' }), 'notSent', 'CERT_HAS_EXPIRED'],
		[
			'no way to the host',
			thrown({ code: 'X' }, { code: 'EHOSTUNREACH', syscall: 'connect' }),
			'notSent',
			'EHOSTUNREACH',
		],
		[
			'no way to the host any more',
			thrown({ code: 'EHOSTUNREACH', syscall: 'read' }),
			'noResponse',
			'EHOSTUNREACH',
		],
		[
			'a reset',
			thrown({ code: 'ERR_BAD_REQUEST' }, { code: 'ECONNRESET' }),
			'noResponse',
			'ECONNRESET',
		],
		[
			'a code that is none',
			thrown({ code: 'ECONNRESET' }, { code: 5 }),
			'noResponse',
			'ECONNRESET',
		],
		['something like a refusal', thrown({ code: 'XECONNREFUSED' }), 'noResponse', 'XECONNREFUSED'],
		['no error', 'text', 'noResponse', 'UNKNOWN'],
		['nothing', undefined, 'noResponse', 'UNKNOWN'],
	])('of %s has a kind and a code', (_, error, kind, code) => {
		expect(outcomeOfThrown(error)).toEqual({ kind, code });
	});
});

describe('what Clerk refused', () => {
	it.each([
		[coded, coded.errors],
		[{ errors: [null, 'x', { code: 'y' }] }, [{ code: 'y' }]],
		[{ errors: 'x' }, []],
		[undefined, []],
		[null, []],
		['text', []],
	])('has in %j these entries: %j', (body, entries) => {
		expect(errorsOf(body)).toEqual(entries);
	});

	it('names the fields it is about', () => {
		const errors = [{ meta: { param_name: 'a' } }, {}, { meta: {} }, { meta: { param_name: 'b' } }];
		expect(refused(422, { errors }).parameters).toEqual(['a', 'b']);
		expect(new RequestError(unreached).parameters).toEqual([]);
		expect(refused(422).message).toBe('response');
	});

	/** Of the shape of another outcome, with what would tell if it were answered. */
	const neverLeft = (status: number) =>
		new RequestError({ ...unreached, status, body: coded } as never);

	it.each([
		['404 of Clerk', true, refused(404, coded)],
		['404 of Clerk without an entry', true, refused(404, { errors: [] })],
		['404 of a proxy', false, refused(404, 'no such page')],
		['404 without a body', false, refused(404)],
		['404 with null', false, refused(404, null)],
		['403', false, refused(403, coded)],
		['request that never left', false, neverLeft(404)],
		['failure that was not thrown', false, answered(404, coded)],
	])('means by a %s that the record is missing: %s', (_, isIt, error) => {
		expect(isNotFound(error)).toBe(isIt);
		if (error instanceof RequestError) expect(isMissing(error.failure)).toBe(isIt);
	});

	it.each([
		['402', true, refused(402, coded)],
		['403', true, refused(403, coded)],
		['404', true, refused(404, coded)],
		['401', false, refused(401, coded)],
		['422', false, refused(422, coded)],
		['403 without a code', false, refused(403, { errors: [{ message: 'no' }] })],
		['403 with a code that is no text', false, refused(403, { errors: [{ code: 5 }] })],
		['403 of a proxy', false, refused(403, 'proxy')],
		['request that never left', false, neverLeft(403)],
		['failure that was not thrown', false, answered(403, coded)],
	])('means by a %s that it is not shown: %s', (_, isIt, error) => {
		expect(isClosed(error)).toBe(isIt);
	});

	it.each([
		['400', true, refused(400)],
		['404', true, refused(404)],
		['422', true, refused(422)],
		['403', false, refused(403)],
		['500', false, refused(500)],
		['request that never left', false, neverLeft(400)],
		['failure that was not thrown', false, answered(400)],
	])('means by a %s that it does not take the request: %s', (_, isIt, error) => {
		expect(isRefused(error)).toBe(isIt);
	});
});

describe('an outcome that nobody knows', () => {
	it.each([
		['a broken connection', true, { kind: 'noResponse', code: 'X' } as const],
		['an answer that is none', true, { kind: 'invalidResponse', status: 200 } as const],
		['a connection that never was', false, unreached],
		['status 500', true, answered(500)],
		['status 499', false, answered(499)],
		['status 200', false, answered(200)],
	])('is that of a POST alone, after %s: %s', (_, isIt, outcome) => {
		expect(isUncertain('POST', outcome)).toBe(isIt);
		for (const method of ['GET', 'PUT', 'PATCH', 'DELETE'] as const) {
			expect(isUncertain(method, outcome)).toBe(false);
		}
	});

	it.each([
		['500 to a POST', true, refused(500, undefined, post)],
		['500 to a GET', false, refused(500, undefined, get)],
		['422 to a POST', false, refused(422, undefined, post)],
		['refusal by the policy', false, new RequestError({ kind: 'refused', reason: 'no' })],
		['failure that was not thrown', false, answered(500, undefined, post)],
	])('is told by a %s: %s', (_, isIt, error) => {
		expect(isUncertainError(error)).toBe(isIt);
	});
});
