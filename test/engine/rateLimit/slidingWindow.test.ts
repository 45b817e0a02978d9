import fc from 'fast-check';

import { CancelledError } from '../../../nodes/Clerk/engine/rateLimit/cancellation';
import type { Limit } from '../../../nodes/Clerk/engine/rateLimit/limit';
import { RateLimitWaitError } from '../../../nodes/Clerk/engine/rateLimit/rateLimitWaitError';
import { SlidingWindow } from '../../../nodes/Clerk/engine/rateLimit/slidingWindow';
import { createClock, settle } from '../../support/clock';
import type { FakeClock } from '../../support/clock';

const limit: Limit = { name: '3 in 10 seconds', maxRequests: 3, windowMs: 10_000 };
const HOUR = 3_600_000;

/** Whether a promise is settled so far, without waiting for it. */
function watch(promise: Promise<unknown>) {
	const seen = { done: false, error: undefined as unknown };
	promise.then(
		() => (seen.done = true),
		(error: unknown) => {
			seen.done = true;
			seen.error = error;
		},
	);
	return seen;
}

function open(maxRequests = limit.maxRequests) {
	const clock = createClock();
	const limiter = new SlidingWindow({ ...limit, maxRequests }, clock);
	return { clock, limiter };
}

describe('SlidingWindow.acquire', () => {
	it('gives maxRequests slots at once, and no more', async () => {
		const { limiter } = open();
		const entries = [1, 2, 3, 4].map(() => watch(limiter.acquire(HOUR)));
		await settle();
		expect(entries.map(({ done }) => done)).toEqual([true, true, true, false]);
	});

	it('gives a slot again one window after release, not after acquire', async () => {
		const { clock, limiter } = open(1);
		await limiter.acquire(HOUR);
		const next = watch(limiter.acquire(HOUR));
		await clock.advance(15_000);
		expect(next.done).toBe(false);

		limiter.release();
		await clock.advance(9_999);
		expect(next.done).toBe(false);
		await clock.advance(1);
		expect(next.done).toBe(true);
	});

	it('gives a slot again at once after cancel', async () => {
		const { limiter } = open(1);
		await limiter.acquire(HOUR);
		const next = watch(limiter.acquire(HOUR));
		limiter.cancel();
		await settle();
		expect(next.done).toBe(true);
	});

	it('rejects with CancelledError when the execution is stopped before its turn, and takes no slot', async () => {
		const { clock, limiter } = open(1);
		await limiter.acquire(HOUR);
		const first = watch(limiter.acquire(HOUR));
		const stop = new AbortController();
		const second = watch(limiter.acquire(HOUR, stop.signal));
		const third = watch(limiter.acquire(HOUR));
		await settle();
		stop.abort();
		await settle();
		expect(second.error).toBeInstanceOf(CancelledError);
		expect([first.done, third.done]).toEqual([false, false]);

		limiter.release();
		await clock.advance(10_000);
		expect(first.done).toBe(true);
		limiter.release();
		await clock.advance(10_000);
		expect(third).toEqual({ done: true, error: undefined });
	});

	it('rejects at once when the pause is longer than maxWaitMs, even with others waiting', async () => {
		const { limiter } = open(1);
		limiter.pause(600_000 + 1_000_000_000_000_000);
		watch(limiter.acquire(Infinity));
		const impatient = watch(limiter.acquire(500));
		await settle();
		expect(impatient.error).toBeInstanceOf(RateLimitWaitError);
	});

	it('gives slots in the order of the calls', async () => {
		const { clock, limiter } = open(1);
		const order: number[] = [];
		const entries = [0, 1, 2, 3].map(async (turn) => {
			await limiter.acquire(HOUR);
			order.push(turn);
			limiter.release();
		});
		await clock.advance(60_000);
		await Promise.all(entries);
		expect(order).toEqual([0, 1, 2, 3]);
	});

	it('gives no slot during a pause, even when there are free ones', async () => {
		const { clock, limiter } = open();
		limiter.pause(clock.now() + 5_000);
		const entry = watch(limiter.acquire(HOUR));
		await clock.advance(4_999);
		expect(entry.done).toBe(false);
		await clock.advance(1);
		expect(entry.done).toBe(true);
	});

	it('keeps to the longer of two pauses', async () => {
		const { clock, limiter } = open();
		limiter.pause(clock.now() + 5_000);
		limiter.pause(clock.now() + 1_000);
		const entry = watch(limiter.acquire(HOUR));
		await clock.advance(4_999);
		expect(entry.done).toBe(false);
	});

	it('gives no slot during a pause that began after the call', async () => {
		const { clock, limiter } = open(1);
		await limiter.acquire(HOUR);
		limiter.release();
		const entry = watch(limiter.acquire(HOUR));
		await clock.advance(5_000);
		limiter.pause(clock.now() + 30_000);
		await clock.advance(29_999);
		expect(entry.done).toBe(false);
		await clock.advance(1);
		expect(entry.done).toBe(true);
	});

	it('rejects with the limit and the end of the pause when it is longer than maxWaitMs', async () => {
		const { clock, limiter } = open();
		const until = clock.now() + 61_000;
		limiter.pause(until);
		const entry = watch(limiter.acquire(60_000));
		await settle();
		expect(entry.error).toBeInstanceOf(RateLimitWaitError);
		expect(entry.error).toMatchObject({ until, limit: { name: limit.name } });
	});

	it('gives a slot to a call after one that was rejected', async () => {
		const { clock, limiter } = open();
		limiter.pause(clock.now() + 61_000);
		const impatient = watch(limiter.acquire(1_000));
		const patient = watch(limiter.acquire(HOUR));
		await clock.advance(61_000);
		expect([impatient.error, patient]).toEqual([
			expect.any(RateLimitWaitError),
			{ done: true, error: undefined },
		]);
	});

	it.each([
		[0, 10_000],
		[30_000, 30_000],
	])('with maxWaitMs %i waits %i ms while all slots are in flight', async (maxWaitMs, ms) => {
		const { clock, limiter } = open(1);
		await limiter.acquire(0);
		const entries = [1, 2].map(() => watch(limiter.acquire(maxWaitMs)));
		await clock.advance(ms - 1);
		expect(entries.map(({ done }) => done)).toEqual([false, false]);
		await clock.advance(1);
		expect(entries.map(({ error }) => error)).toEqual(
			Array(2).fill(expect.any(RateLimitWaitError)),
		);
	});

	it('waits on while slots in flight are given back one by one', async () => {
		const { clock, limiter } = open(2);
		await limiter.acquire(0);
		await limiter.acquire(0);
		const entries = [1, 2].map(() => watch(limiter.acquire(10_000)));
		await clock.advance(8_000);
		limiter.cancel();
		await clock.advance(8_000);
		expect(entries).toMatchObject([{ done: true, error: undefined }, { done: false }]);
	});

	it('rejects the call of a stopped execution at once, and no other', async () => {
		const { clock, limiter } = open(1);
		const stop = new AbortController();
		await limiter.acquire(HOUR);
		const stopped = watch(limiter.acquire(HOUR, stop.signal));
		const other = watch(limiter.acquire(HOUR));
		await clock.advance(500);
		stop.abort();
		await settle();
		expect(stopped.error).toBeInstanceOf(CancelledError);

		limiter.release();
		await clock.advance(10_000);
		expect(other).toEqual({ done: true, error: undefined });
	});

	it('waits with one timer at a time', async () => {
		const { clock, limiter } = open();
		limiter.pause(clock.now() + 600_000);
		void limiter.acquire(HOUR).catch(() => {});
		await clock.advance(1_500);
		expect(clock.pending()).toBe(1);
		await clock.advance(1_000);
		expect(clock.pending()).toBe(1);
	});

	/**
	 * Clerk counts a request when it arrives, at some moment between sending and response. Whichever
	 * moment that is, no ten seconds may hold more than maxRequests: the requests that can be in
	 * `[t, t + 10 s)` are those sent before its end and completed after its start.
	 */
	it('never allows more than maxRequests in any ten seconds, whatever the pattern of arrivals', async () => {
		const pattern = fc.record({
			maxRequests: fc.integer({ min: 1, max: 8 }),
			requests: fc.array(
				fc.record({
					comesAfter: fc.integer({ min: 0, max: 6_000 }),
					takes: fc.integer({ min: 0, max: 25_000 }),
				}),
				{ minLength: 1, maxLength: 40 },
			),
		});
		await fc.assert(
			fc.asyncProperty(pattern, async ({ maxRequests, requests }) => {
				const clock = createClock({ automatic: true });
				const limiter = new SlidingWindow({ ...limit, maxRequests }, clock);
				const spans: Array<{ sent: number; completed: number }> = [];
				const sending: Array<Promise<void>> = [];
				for (const { comesAfter, takes } of requests) {
					await clock.wait(comesAfter);
					sending.push(
						(async () => {
							await limiter.acquire(HOUR);
							const sent = clock.now();
							await clock.wait(takes);
							spans.push({ sent, completed: clock.now() });
							limiter.release();
						})(),
					);
				}
				await Promise.all(sending);

				// The worst stretch begins with an arrival, and arrivals are worst at a response or a sending.
				for (const start of spans.flatMap(({ sent, completed }) => [sent, completed])) {
					const within = spans.filter(
						({ sent, completed }) => completed >= start && sent < start + limit.windowMs,
					);
					expect(within.length).toBeLessThanOrEqual(maxRequests);
				}
			}),
			{ numRuns: 60 },
		);
	});

	/** The clock moves by itself here, so a request is sent late only if something held it back. */
	it('never keeps a request waiting while a slot is free', async () => {
		const pattern = fc.record({
			maxRequests: fc.integer({ min: 1, max: 6 }),
			requests: fc.array(
				fc.record({
					comesAfter: fc.integer({ min: 0, max: 4_000 }),
					takes: fc.integer({ min: 0, max: 15_000 }),
				}),
				{ minLength: 1, maxLength: 40 },
			),
		});
		await fc.assert(
			fc.asyncProperty(pattern, async ({ maxRequests, requests }) => {
				const clock = createClock({ automatic: true });
				const limiter = new SlidingWindow({ ...limit, maxRequests }, clock);
				const spans: Array<{ came: number; sent: number; completed: number }> = [];
				const sending: Array<Promise<void>> = [];
				for (const { comesAfter, takes } of requests) {
					await clock.wait(comesAfter);
					sending.push(
						(async () => {
							const came = clock.now();
							await limiter.acquire(HOUR);
							const sent = clock.now();
							await clock.wait(takes);
							spans.push({ came, sent, completed: clock.now() });
							limiter.release();
						})(),
					);
				}
				await Promise.all(sending);

				// A request that waited was sent when a slot became free: until then all were in use.
				for (const { sent } of spans.filter((span) => span.sent > span.came)) {
					const before = sent - 1;
					const inUse = spans.filter(
						(other) => other.sent <= before && other.completed + limit.windowMs > before,
					);
					expect(inUse).toHaveLength(maxRequests);
				}
			}),
			{ numRuns: 60 },
		);
	});

	it('gives a slot to each of 50 calls, three in a window', async () => {
		const clock = createClock({ automatic: true });
		const startedAt = clock.now();
		const limiter = new SlidingWindow(limit, clock);
		const entries = Array.from({ length: 50 }, async () => {
			await limiter.acquire(HOUR);
			limiter.release();
		});
		await Promise.all(entries);
		// The last after sixteen windows.
		expect(clock.now() - startedAt).toBe(160_000);
		expect(limiter.isIdle).toBe(false);
		await clock.wait(limit.windowMs);
		expect(limiter.isIdle).toBe(true);
	});
});

describe('a limit that other clients use too', () => {
	/**
	 * Sends requests through a limiter to a Clerk that counts arrivals, while others use `others(now)` of
	 * each window. Returns when requests were accepted, and when they were rejected.
	 */
	async function sendWithOthers(
		granted: number,
		others: (passed: number) => number,
		requests: number,
		maxRequests = granted,
	) {
		const clock = createClock({ automatic: true });
		const startedAt = clock.now();
		const limiter = new SlidingWindow({ ...limit, maxRequests }, clock);
		const passed = () => clock.now() - startedAt;
		const accepted: number[] = [];
		const rejected: number[] = [];

		const send = async (): Promise<void> => {
			await limiter.acquire(HOUR);
			const ours = accepted.filter((at) => at > passed() - limit.windowMs);
			const isRejected = ours.length + others(passed()) >= granted;
			(isRejected ? rejected : accepted).push(passed());
			await clock.wait(100);
			limiter.release();
			if (!isRejected) return;
			limiter.onRejected(clock.now() + 1_000);
			await send();
		};
		// As many at once as a run has in flight.
		let remaining = requests;
		const worker = async () => {
			while (remaining-- > 0) await send();
		};
		await Promise.all(Array.from({ length: 20 }, worker));
		return { accepted, rejected, took: passed() };
	}

	it('is exceeded once, then used at the rate that is left', async () => {
		const { accepted, rejected, took } = await sendWithOthers(100, () => 50, 200);
		expect(accepted).toHaveLength(200);
		// 50 in 10 seconds are left, so the last 50 are sent after 30 seconds.
		expect(took).toBeLessThan(1.2 * 40_000);
		// Those in flight when it was exceeded, and the few that probe later whether the others are gone.
		expect(rejected.filter((at) => at < 10_000).length).toBeLessThanOrEqual(20);
		expect(rejected.filter((at) => at >= 10_000).length).toBeLessThanOrEqual(4);
	});

	it('is used fully again when the others are gone', async () => {
		const { accepted } = await sendWithOthers(100, (at) => (at < 15_000 ? 80 : 0), 1_500);
		const inWindow = (from: number) =>
			accepted.filter((at) => at >= from && at < from + limit.windowMs).length;
		expect(inWindow(0)).toBe(20);
		expect(inWindow(100_000)).toBeGreaterThanOrEqual(98);
	});

	it('is probed with few requests while the others leave nothing', async () => {
		const { accepted, rejected } = await sendWithOthers(100, (at) => (at < 60_000 ? 100 : 0), 50);
		expect(accepted).toHaveLength(50);
		expect(accepted[0]).toBeLessThan(75_000);
		expect(rejected.length).toBeLessThanOrEqual(20 + 5 * 10);
	});

	it('keeps its maximum after one rejection among requests that were accepted', async () => {
		const { clock, limiter } = open(10);
		await Promise.all(Array.from({ length: 6 }, async () => await limiter.acquire(0)));
		limiter.release();
		limiter.onRejected(clock.now() + 1_000);
		for (let turn = 0; turn < 5; turn++) limiter.release();
		await clock.advance(1_000);
		const entries = Array.from({ length: 4 }, () => watch(limiter.acquire(0)));
		await settle();
		expect(entries.every(({ done, error }) => done && !error)).toBe(true);
	});

	it('is used near the rate that others leave, whatever that is', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.integer({ min: 10, max: 90 }),
				fc.integer({ min: 50, max: 300 }),
				async (othersTake, requests) => {
					const left = 100 - othersTake;
					const { accepted, rejected, took } = await sendWithOthers(
						100,
						() => othersTake,
						requests,
					);
					expect(accepted).toHaveLength(requests);
					// A window begun counts as a whole; two are lost to the first 429.
					const windowsNeeded = Math.ceil(requests / left);
					expect(took).toBeLessThan((1.2 * windowsNeeded + 2) * limit.windowMs);
					// 20 in flight at each 429, which happens at most once in two windows.
					const windows = (accepted.at(-1) ?? 0) / limit.windowMs;
					expect(rejected.length).toBeLessThanOrEqual(20 * (1 + windows / 2));
				},
			),
			{ numRuns: 30 },
		);
	});

	/** How many slots are free at this moment. */
	async function freeSlots(limiter: SlidingWindow, attempts = 100): Promise<number> {
		const entries = Array.from({ length: attempts }, () => watch(limiter.acquire(0)));
		await settle();
		return entries.filter(({ done, error }) => done && !error).length;
	}

	/** One after another, `accepted` requests that are accepted, and one that is rejected. */
	async function exceed(clock: FakeClock, limiter: SlidingWindow, accepted = 0) {
		for (let turn = 0; turn <= accepted; turn++) {
			await limiter.acquire(HOUR);
			limiter.release();
		}
		limiter.onRejected(clock.now() + 1_000);
	}

	it('counts requests accepted after the first rejections', async () => {
		const { clock, limiter } = open(20);
		for (let turn = 0; turn < 10; turn++) await limiter.acquire(0);
		for (let turn = 0; turn < 2; turn++) {
			limiter.release();
			limiter.onRejected(clock.now() + 1_000);
		}
		for (let turn = 0; turn < 8; turn++) limiter.release();
		await clock.advance(limit.windowMs);
		// Eight more than the minimum of two.
		expect(await freeSlots(limiter)).toBe(10);
	});

	it('is probed with a tenth of maxRequests when nothing was accepted', async () => {
		const { clock, limiter } = open(100);
		await exceed(clock, limiter);
		await clock.advance(limit.windowMs);
		expect(await freeSlots(limiter)).toBe(10);
	});

	it('is learned again at each 429', async () => {
		const { clock, limiter } = open(100);
		for (let turn = 0; turn < 4; turn++) {
			await exceed(clock, limiter);
			await clock.advance(200_000);
		}
		await exceed(clock, limiter, 30);
		await clock.advance(limit.windowMs);
		expect(await freeSlots(limiter)).toBe(30);
	});

	it('lets a request wait for the next increase within maxWaitMs', async () => {
		const { clock, limiter } = open(10);
		await exceed(clock, limiter);
		await clock.advance(19_000);
		await limiter.acquire(0);
		limiter.release();
		const entry = watch(limiter.acquire(3_000));
		await clock.advance(2_000);
		expect(entry).toEqual({ done: true, error: undefined });
	});
});

describe('SlidingWindow.remaining and waitOf', () => {
	const hourly = { name: '3 an hour', maxRequests: 3, windowMs: HOUR };

	/** A limiter of which `count` slots were used, one a minute. */
	async function limiterAfter(count: number) {
		const clock = createClock();
		const limiter = new SlidingWindow(hourly, clock);
		for (let at = 0; at < count; at++) {
			await limiter.acquire(0);
			limiter.release();
			await clock.advance(60_000);
		}
		return { clock, limiter, now: clock.now() };
	}

	it('returns maxRequests when no slot is used', async () => {
		const { limiter, now } = await limiterAfter(0);
		expect(limiter.remaining(0)).toEqual({ requests: 3, until: now + HOUR });
	});

	it('returns the free slots and those that become free within maxWaitMs', async () => {
		const { limiter, now } = await limiterAfter(2);
		// The first was released two minutes ago, the second one minute ago.
		expect(limiter.remaining(0)).toEqual({ requests: 1, until: now + HOUR - 120_000 });
		// A request that waits for the first is followed by the second, a minute later.
		expect(limiter.remaining(HOUR - 120_000)).toEqual({ requests: 3, until: now + HOUR });
	});

	it('returns Infinity when maxWaitMs is a whole window', async () => {
		const { limiter, now } = await limiterAfter(3);
		expect(limiter.remaining(HOUR)).toEqual({ requests: Infinity, until: now + HOUR });
		expect(limiter.remaining(HOUR - 1)).not.toMatchObject({ requests: Infinity });
	});

	it('returns 0 during a pause longer than maxWaitMs', async () => {
		const { limiter, now } = await limiterAfter(0);
		limiter.pause(now + 5_000);
		expect(limiter.remaining(4_999)).toEqual({ requests: 0, until: now + 5_000 });
		expect(limiter.remaining(5_000)).toEqual({ requests: 3, until: now + 5_000 + HOUR });
	});

	it('counts slots in flight and waiting calls as used', async () => {
		const { limiter } = await limiterAfter(0);
		await limiter.acquire(0);
		expect(limiter.remaining(0).requests).toBe(2);
		const acquiring = limiter.acquire(0);
		expect(limiter.remaining(0).requests).toBe(1);
		await acquiring;
		await limiter.acquire(0);
		const waiting = watch(limiter.acquire(HOUR));
		await settle();
		expect(limiter.remaining(0).requests).toBe(0);
		expect(limiter.isIdle).toBe(false);
		expect(waiting.done).toBe(false);
	});

	it('returns how long the last of N requests would wait', async () => {
		const { clock, limiter, now } = await limiterAfter(2);
		const waits = (...counts: number[]) => counts.map((count) => limiter.waitOf(count));
		// One slot is free; those released two minutes and one minute ago are free in 58 and 59 minutes.
		const first = [0, HOUR - 120_000, HOUR - 60_000, HOUR];
		expect(waits(1, 2, 3, 4)).toEqual(first);
		expect(waits(5, 6, 7, 8)).toEqual([
			...first.slice(1).map((ms) => ms + HOUR),
			3 * HOUR - 120_000,
		]);
		await limiter.acquire(0);
		const waiting = watch(limiter.acquire(HOUR));
		await settle();
		expect(waits(1, 2)).toEqual(first.slice(2));
		limiter.pause(now + 10_000);
		expect(waits(1, 2)).toEqual([HOUR - 60_000, HOUR + 10_000]);
		expect(waiting.done).toBe(false);
		await clock.advance(HOUR);
	});

	it('returns 0 when waiting calls take all slots that become free', async () => {
		const { clock, limiter } = await limiterAfter(3);
		await clock.advance(50 * 60_000);
		// The first was released 53 minutes ago: it is free in 7.
		expect(limiter.remaining(10 * 60_000).requests).toBe(3);
		const now = clock.now();
		const others = [1, 2, 3].map(() => watch(limiter.acquire(HOUR)));
		await settle();
		expect(limiter.remaining(10 * 60_000)).toEqual({ requests: 0, until: now + HOUR + 7 * 60_000 });
		expect(limiter.waitOf(1)).toBe(HOUR + 7 * 60_000);
		expect(others.map(({ done }) => done)).toEqual([false, false, false]);
	});

	it('returns what others leave of the limit, whatever was used before that was learned', async () => {
		const clock = createClock({ automatic: true });
		const limiter = new SlidingWindow(
			{ name: '25 an hour', maxRequests: 25, windowMs: HOUR },
			clock,
		);
		const all = Array.from({ length: 25 });
		await Promise.all(all.map(async () => await limiter.acquire(0)));
		all.forEach((_, at) => {
			limiter.release();
			if (at >= 5) limiter.onRejected(clock.now() + 60_000);
		});
		await clock.wait(61_000);
		const begin = clock.now();
		const predicted = [1, 5, 6].map((count) => limiter.waitOf(count));
		expect(limiter.remaining(HOUR - 1).requests).toBe(5);
		const waited = await Promise.all(
			Array.from({ length: 6 }, async () => {
				await limiter.acquire(2 * HOUR);
				limiter.release();
				return clock.now() - begin;
			}),
		);
		expect(predicted.slice(0, 2)).toEqual([waited[0], waited[4]]);
		expect(predicted[2]).toBe(waited[5]);
	});

	it('adds the rest of a pause to the wait', async () => {
		const { limiter, now } = await limiterAfter(0);
		limiter.pause(now + 5_000);
		expect([1, 3, 4].map((count) => limiter.waitOf(count))).toEqual([5_000, 5_000, 5_000 + HOUR]);
	});

	it('names the end of the wait in the message of RateLimitWaitError', async () => {
		const { limiter, now } = await limiterAfter(3);
		await expect(limiter.acquire(0)).rejects.toThrow(
			`3 an hour is used up until ${new Date(now + HOUR - 180_000).toISOString()}`,
		);
	});
});

describe('SlidingWindow.isIdle', () => {
	it('is true only while no slot is used and no pause is set', async () => {
		const { clock, limiter } = open();
		expect(limiter.isIdle).toBe(true);
		await limiter.acquire(HOUR);
		expect(limiter.isIdle).toBe(false);
		limiter.release();
		expect(limiter.isIdle).toBe(false);
		await clock.advance(10_000);
		expect(limiter.isIdle).toBe(true);
		limiter.pause(clock.now() + 1);
		expect(limiter.isIdle).toBe(false);
	});

	it('is false while a 429 has lowered the maximum', async () => {
		const { clock, limiter } = open();
		await limiter.acquire(0);
		limiter.release();
		limiter.onRejected(clock.now() + 1_000);
		await clock.advance(limit.windowMs);
		expect(limiter.isIdle).toBe(false);
		await clock.advance(60_000);
		expect(limiter.isIdle).toBe(true);
	});
});
