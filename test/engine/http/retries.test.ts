import type { Method } from '../../../nodes/Clerk/engine/operation';
import type { Outcome } from '../../../nodes/Clerk/engine/http/outcome';
import { defaultRetryPolicy, RetryState } from '../../../nodes/Clerk/engine/http/retries';

const POLICY = { ...defaultRetryPolicy(5), maxElapsedMs: 10_000, delayMs: () => 1_000 };

const MISSING: Outcome = { kind: 'response', status: 404, body: { errors: [] } };
const LOST: Outcome = { kind: 'noResponse', code: 'ECONNRESET' };
const UNREADABLE: Outcome = { kind: 'invalidResponse', status: 200 };
const UNREACHED: Outcome = { kind: 'notSent', code: 'ECONNREFUSED' };
const answered = (status: number): Outcome => ({ kind: 'response', status, body: undefined });

const triesOf = (method: Method) => new RetryState({ method }, POLICY);

describe('a DELETE that finds nothing', () => {
	it.each([
		[LOST, true],
		[UNREADABLE, true],
		[answered(502), true],
		[answered(504), true],
		[answered(500), false],
		[answered(503), false],
		[UNREACHED, false],
	])('after %j was carried out: %s', (before, expected) => {
		const tries = triesOf('DELETE');
		expect(tries.next(before, 0)).toEqual({ waitMs: 1_000 });
		expect(tries.wasDeleted(MISSING)).toBe(expected);
	});

	it('at once was not carried out', () => {
		expect(triesOf('DELETE').wasDeleted(MISSING)).toBe(false);
	});

	it('stays carried out whatever came between', () => {
		const tries = triesOf('DELETE');
		for (const outcome of [LOST, UNREACHED, answered(503)]) tries.next(outcome, 0);
		expect(tries.wasDeleted(MISSING)).toBe(true);
		expect(tries.wasDeleted(answered(403))).toBe(false);
	});

	it('is another thing for a PATCH', () => {
		const tries = triesOf('PATCH');
		tries.next(LOST, 0);
		expect(tries.wasDeleted(MISSING)).toBe(false);
	});
});

describe('the doubt about an earlier try', () => {
	it.each([LOST, UNREADABLE, answered(500)])('is kept after %j', (outcome) => {
		const tries = triesOf('PATCH');
		tries.next(outcome, 0);
		tries.next(UNREACHED, 0);
		expect(tries.uncertainOutcome).toEqual(outcome);
	});

	it('is none where nothing left, or nothing could have changed', () => {
		const patch = triesOf('PATCH');
		patch.next(UNREACHED, 0);
		expect(patch.uncertainOutcome).toBeUndefined();
		const get = triesOf('GET');
		get.next(LOST, 0);
		expect(get.uncertainOutcome).toBeUndefined();
	});
});

describe('patience', () => {
	it('lasts to its very end, counted from the first fault', () => {
		const tries = triesOf('GET');
		expect(tries.next(LOST, 5_000)).toEqual({ waitMs: 1_000 });
		expect(tries.next(LOST, 14_000)).toEqual({ waitMs: 1_000 });
		expect(tries.next(LOST, 14_001)).toBeUndefined();
	});

	it('begins anew after a 429', () => {
		const tries = triesOf('GET');
		tries.next(LOST, 0);
		expect(tries.next(answered(429), 9_000)).toEqual({ pauseMs: 1_000 });
		expect(tries.next(LOST, 100_000)).toEqual({ waitMs: 1_000 });
	});

	it('is no shorter than what a 503 asks for, and no longer than there is', () => {
		const asking = (retryAfterMs: number): Outcome => ({
			kind: 'response',
			status: 503,
			body: undefined,
			retryAfterMs,
		});
		expect(triesOf('GET').next(asking(7_000), 0)).toEqual({ waitMs: 7_000 });
		expect(triesOf('GET').next(asking(10), 0)).toEqual({ waitMs: 1_000 });
		expect(triesOf('GET').next(asking(10_001), 0)).toBeUndefined();
	});

	it('has an end for repetitions, and another for rejections', () => {
		const tries = triesOf('GET');
		for (let count = 0; count < 5; count++) expect(tries.next(LOST, 0)).toBeDefined();
		expect(tries.next(LOST, 0)).toBeUndefined();
		const limited = triesOf('POST');
		for (let count = 0; count < 20; count++) expect(limited.next(answered(429), 0)).toBeDefined();
		expect(limited.next(answered(429), 0)).toBeUndefined();
	});
});
