import {
	describeQuota,
	isWorthAHint,
	overQuota,
	quotaUses,
	toRateLimitError,
} from '../../../nodes/Clerk/engine/run/hourlyQuota';
import type { RemainingQuota } from '../../../nodes/Clerk/engine/rateLimit/limit';

const MINUTE_MS = 60_000;

/** @param requests - how many are left @param waitMs - of the last one */
const quotaOf = (countedBy: string, requests: number, waitMs = 0): RemainingQuota => ({
	limit: { name: '25 calls an hour', maxRequests: 25, windowMs: 3_600_000 },
	countedBy,
	requests,
	until: 9,
	waitOf: () => waitMs,
});

const callsOf = (...sizes: number[]) => sizes.map((size) => ({ indexes: [...Array(size).keys()] }));

describe('quotaUses', () => {
	it('groups calls by their limit, in their order, without those that have none', () => {
		const uses = quotaUses(['a1', 'x', 'b1', 'a2'], (call) =>
			call === 'x' ? undefined : quotaOf(call[0], 1),
		);
		expect(uses.map(({ quota, counted }) => [quota.countedBy, counted])).toEqual([
			['a', ['a1', 'a2']],
			['b', ['b1']],
		]);
	});
});

describe('overQuota', () => {
	it.each([
		[0, ['a', 'b']],
		[1, ['b']],
		[2, []],
		[Infinity, []],
	])('with %d requests left returns the calls after them', (requests, expected) => {
		expect(overQuota({ quota: quotaOf('a', requests), counted: ['a', 'b'] })).toEqual(expected);
	});
});

describe('toRateLimitError', () => {
	it('returns an error with the limit, its end, and how many requests fit', () => {
		const { failure } = toRateLimitError({ quota: quotaOf('a', 1), counted: ['a', 'b'] });
		const limit = expect.objectContaining({ name: '25 calls an hour' });
		const needed = { requests: 2, fitting: 1 };
		expect(failure).toEqual({ kind: 'limited', limit, until: 9, needed });
	});
});

describe('isWorthAHint', () => {
	it.each([
		['a call is over the quota', quotaOf('a', 1), true],
		['the last call waits for more than a minute', quotaOf('a', 2, MINUTE_MS + 1), true],
		['the last call waits for a minute', quotaOf('a', 2, MINUTE_MS), false],
	])('is judged by whether %s', (_, quota, expected) => {
		expect(isWorthAHint({ quota, counted: ['a', 'b'] })).toBe(expected);
	});
});

describe('describeQuota', () => {
	it.each([
		[
			quotaOf('a', 1),
			"3 items in 2 calls. Clerk allows 25 calls an hour; 1 of them can be sent within 'Max Wait'.",
		],
		[
			quotaOf('a', 2),
			'3 items in 2 calls. Clerk allows 25 calls an hour; all of them can be sent now.',
		],
		[
			quotaOf('a', 2, 119 * MINUTE_MS),
			'3 items in 2 calls. Clerk allows 25 calls an hour; the last one waits for about 119 minutes.',
		],
		[
			quotaOf('a', 2, 120 * MINUTE_MS),
			'3 items in 2 calls. Clerk allows 25 calls an hour; the last one waits for about 2 hours.',
		],
	])('counts items and calls, and says how long they take: %#', (quota, expected) => {
		expect(describeQuota({ quota, counted: callsOf(1, 2) })).toBe(expected);
	});

	it('uses the singular for one item in one call', () => {
		expect(describeQuota({ quota: quotaOf('a', 1, 1), counted: callsOf(1) })).toBe(
			'1 item in 1 call. Clerk allows 25 calls an hour; the last one waits for about 1 minute.',
		);
	});
});
