import type { Outcome } from '../../../nodes/Clerk/engine/http/outcome';
import { defaultRetryPolicy, RetryState } from '../../../nodes/Clerk/engine/http/retries';
import type { Method } from '../../../nodes/Clerk/engine/operation';

const POLICY = { ...defaultRetryPolicy(5), maxElapsedMs: 10_000, delayMs: () => 1_000 };

const NOT_FOUND: Outcome = { kind: 'response', status: 404, body: { errors: [] } };
const NO_RESPONSE: Outcome = { kind: 'noResponse', code: 'ECONNRESET' };
const INVALID: Outcome = { kind: 'invalidResponse', status: 200 };
const NOT_SENT: Outcome = { kind: 'notSent', code: 'ECONNREFUSED' };
const response = (status: number): Outcome => ({ kind: 'response', status, body: undefined });

const stateOf = (method: Method) => new RetryState({ method }, POLICY);

describe('RetryState.wasDeleted', () => {
	it.each([
		[NO_RESPONSE, true],
		[INVALID, true],
		[response(502), true],
		[response(504), true],
		[response(500), false],
		[response(503), false],
		[NOT_SENT, false],
	])('after %j, returns %s for a DELETE that finds nothing', (before, expected) => {
		const state = stateOf('DELETE');
		expect(state.next(before, 0)).toEqual({ waitMs: 1_000 });
		expect(state.wasDeleted(NOT_FOUND)).toBe(expected);
	});

	it('returns false for the first attempt', () => {
		expect(stateOf('DELETE').wasDeleted(NOT_FOUND)).toBe(false);
	});

	it('returns true whatever attempts came between', () => {
		const state = stateOf('DELETE');
		for (const outcome of [NO_RESPONSE, NOT_SENT, response(503)]) state.next(outcome, 0);
		expect(state.wasDeleted(NOT_FOUND)).toBe(true);
		expect(state.wasDeleted(response(403))).toBe(false);
	});

	it('returns false for a PATCH', () => {
		const state = stateOf('PATCH');
		state.next(NO_RESPONSE, 0);
		expect(state.wasDeleted(NOT_FOUND)).toBe(false);
	});
});

describe('RetryState.uncertainOutcome', () => {
	it.each([NO_RESPONSE, INVALID, response(500)])(
		'returns %j after a later attempt that was not sent',
		(outcome) => {
			const state = stateOf('PATCH');
			state.next(outcome, 0);
			state.next(NOT_SENT, 0);
			expect(state.uncertainOutcome).toEqual(outcome);
		},
	);

	it('is undefined when nothing was sent, and for a GET', () => {
		const patch = stateOf('PATCH');
		patch.next(NOT_SENT, 0);
		expect(patch.uncertainOutcome).toBeUndefined();
		const get = stateOf('GET');
		get.next(NO_RESPONSE, 0);
		expect(get.uncertainOutcome).toBeUndefined();
	});
});

describe('RetryState.next', () => {
	it('retries until maxElapsedMs after the first fault', () => {
		const state = stateOf('GET');
		expect(state.next(NO_RESPONSE, 5_000)).toEqual({ waitMs: 1_000 });
		expect(state.next(NO_RESPONSE, 14_000)).toEqual({ waitMs: 1_000 });
		expect(state.next(NO_RESPONSE, 14_001)).toBeUndefined();
	});

	it('counts maxElapsedMs from the first fault after a 429', () => {
		const state = stateOf('GET');
		state.next(NO_RESPONSE, 0);
		expect(state.next(response(429), 9_000)).toEqual({ pauseMs: 1_000 });
		expect(state.next(NO_RESPONSE, 100_000)).toEqual({ waitMs: 1_000 });
	});

	it('waits for the Retry-After of a 503, unless that exceeds maxElapsedMs', () => {
		const unavailable = (retryAfterMs: number): Outcome => ({
			kind: 'response',
			status: 503,
			body: undefined,
			retryAfterMs,
		});
		expect(stateOf('GET').next(unavailable(7_000), 0)).toEqual({ waitMs: 7_000 });
		expect(stateOf('GET').next(unavailable(10), 0)).toEqual({ waitMs: 1_000 });
		expect(stateOf('GET').next(unavailable(10_001), 0)).toBeUndefined();
	});

	it('stops after maxRetries faults, and after maxRateLimitRetries 429s', () => {
		const state = stateOf('GET');
		for (let count = 0; count < 5; count++) expect(state.next(NO_RESPONSE, 0)).toBeDefined();
		expect(state.next(NO_RESPONSE, 0)).toBeUndefined();
		const limited = stateOf('POST');
		for (let count = 0; count < 20; count++) expect(limited.next(response(429), 0)).toBeDefined();
		expect(limited.next(response(429), 0)).toBeUndefined();
	});
});

describe('defaultRetryPolicy', () => {
	it('waits with jitter, more each time and at most eight seconds', () => {
		const { delayMs } = defaultRetryPolicy(5);
		for (let count = 0; count < 12; count++) {
			const full = Math.min(8_000, 500 * 2 ** count);
			const delay = delayMs(count);
			expect(delay).toBeGreaterThanOrEqual(full / 2);
			expect(delay).toBeLessThanOrEqual(full);
		}
	});
});
