import fc from 'fast-check';

import {
	RateLimitWaitError,
	SlidingWindow,
} from '../../../nodes/Clerk/engine/rateLimit/slidingWindow';
import { CancelledError } from '../../../nodes/Clerk/engine/rateLimit/cancellation';
import type { Limit } from '../../../nodes/Clerk/engine/rateLimit/slidingWindow';
import { RateLimiters } from '../../../nodes/Clerk/engine/rateLimit/rateLimiters';
import { createClock, settle } from '../../support/clock';
import type { FakeClock } from '../../support/clock';

const limit: Limit = { name: '3 in 10 seconds', maxRequests: 3, windowMs: 10_000 };
const PATIENT = 3_600_000;

/** Whether a promise is settled by now, without waiting for it. */
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
	const window = new SlidingWindow({ ...limit, maxRequests }, clock);
	return { clock, window };
}

describe('a window', () => {
	it('lets its maxRequests go at once, and no more', async () => {
		const { window } = open();
		const entries = [1, 2, 3, 4].map(() => watch(window.acquire(PATIENT)));
		await settle();
		expect(entries.map(({ done }) => done)).toEqual([true, true, true, false]);
	});

	it('frees a slot ten seconds after the answer, not after the sending', async () => {
		const { clock, window } = open(1);
		await window.acquire(PATIENT);
		const next = watch(window.acquire(PATIENT));
		await clock.advance(15_000);
		expect(next.done).toBe(false);

		window.release();
		await clock.advance(9_999);
		expect(next.done).toBe(false);
		await clock.advance(1);
		expect(next.done).toBe(true);
	});

	it('frees a slot at once that was given back unused', async () => {
		const { window } = open(1);
		await window.acquire(PATIENT);
		const next = watch(window.acquire(PATIENT));
		window.cancel();
		await settle();
		expect(next.done).toBe(true);
	});

	it('lets a stopped execution leave the line before its turn, and without a slot', async () => {
		const { clock, window } = open(1);
		await window.acquire(PATIENT);
		const first = watch(window.acquire(PATIENT));
		const stop = new AbortController();
		const second = watch(window.acquire(PATIENT, stop.signal));
		const third = watch(window.acquire(PATIENT));
		await settle();
		stop.abort();
		await settle();
		expect(second.error).toBeInstanceOf(CancelledError);
		expect([first.done, third.done]).toEqual([false, false]);

		window.release();
		await clock.advance(10_000);
		expect(first.done).toBe(true);
		window.release();
		await clock.advance(10_000);
		expect(third).toEqual({ done: true, error: undefined });
	});

	it('tells at once who would have to wait too long, whoever else is in line', async () => {
		const { window } = open(1);
		window.pause(600_000 + 1_000_000_000_000_000);
		watch(window.acquire(Infinity));
		const impatient = watch(window.acquire(500));
		await settle();
		expect(impatient.error).toBeInstanceOf(RateLimitWaitError);
	});

	it('lets them out in the order in which they came', async () => {
		const { clock, window } = open(1);
		const order: number[] = [];
		const entries = [0, 1, 2, 3].map(async (turn) => {
			await window.acquire(PATIENT);
			order.push(turn);
			window.release();
		});
		await clock.advance(60_000);
		await Promise.all(entries);
		expect(order).toEqual([0, 1, 2, 3]);
	});

	it('stays shut until a pause is over, even with slots to spare', async () => {
		const { clock, window } = open();
		window.pause(clock.now() + 5_000);
		const entry = watch(window.acquire(PATIENT));
		await clock.advance(4_999);
		expect(entry.done).toBe(false);
		await clock.advance(1);
		expect(entry.done).toBe(true);
	});

	it('is not opened by a second pause that is shorter', async () => {
		const { clock, window } = open();
		window.pause(clock.now() + 5_000);
		window.pause(clock.now() + 1_000);
		const entry = watch(window.acquire(PATIENT));
		await clock.advance(4_999);
		expect(entry.done).toBe(false);
	});

	it('holds back who waits already when a pause comes', async () => {
		const { clock, window } = open(1);
		await window.acquire(PATIENT);
		window.release();
		const entry = watch(window.acquire(PATIENT));
		await clock.advance(5_000);
		window.pause(clock.now() + 30_000);
		await clock.advance(29_999);
		expect(entry.done).toBe(false);
		await clock.advance(1);
		expect(entry.done).toBe(true);
	});

	it('says from when it is open to who will not wait so long', async () => {
		const { clock, window } = open();
		const until = clock.now() + 61_000;
		window.pause(until);
		const entry = watch(window.acquire(60_000));
		await settle();
		expect(entry.error).toBeInstanceOf(RateLimitWaitError);
		expect(entry.error).toMatchObject({ until, limit: { name: limit.name } });
	});

	it('lets the others go on behind one who would not wait', async () => {
		const { clock, window } = open();
		window.pause(clock.now() + 61_000);
		const impatient = watch(window.acquire(1_000));
		const patient = watch(window.acquire(PATIENT));
		await clock.advance(61_000);
		expect([impatient.error, patient]).toEqual([
			expect.any(RateLimitWaitError),
			{ done: true, error: undefined },
		]);
	});

	it('waits for answers that are still to come, however impatient', async () => {
		const { clock, window } = open(1);
		await window.acquire(0);
		const entry = watch(window.acquire(0));
		await clock.advance(120_000);
		expect(entry.done).toBe(false);
	});

	it('ends the wait of a stopped execution at once, and nobody else’s', async () => {
		const { clock, window } = open(1);
		const stop = new AbortController();
		await window.acquire(PATIENT);
		const stopped = watch(window.acquire(PATIENT, stop.signal));
		const other = watch(window.acquire(PATIENT));
		await clock.advance(500);
		stop.abort();
		await settle();
		expect(stopped.error).toBeInstanceOf(CancelledError);

		window.release();
		await clock.advance(10_000);
		expect(other).toEqual({ done: true, error: undefined });
	});

	it('waits in slices, so that a stopped execution leaves no long timer behind', async () => {
		const { clock, window } = open();
		window.pause(clock.now() + 600_000);
		void window.acquire(PATIENT).catch(() => {});
		await clock.advance(1_500);
		expect(clock.pending()).toBe(1);
		await clock.advance(1_000);
		expect(clock.pending()).toBe(1);
	});

	it('knows when it is idle', async () => {
		const { clock, window } = open();
		expect(window.isIdle).toBe(true);
		await window.acquire(PATIENT);
		expect(window.isIdle).toBe(false);
		window.release();
		expect(window.isIdle).toBe(false);
		await clock.advance(10_000);
		expect(window.isIdle).toBe(true);
		window.pause(clock.now() + 1);
		expect(window.isIdle).toBe(false);
	});

	/**
	 * Clerk counts a request when it arrives, at some moment between sending and answer. So no matter
	 * which moment, no stretch of ten seconds may hold more than the maxRequests: the requests that can be
	 * in `[t, t + 10 s)` are those sent before its end and answered after its start.
	 */
	it('never lets more than its maxRequests into any ten seconds, whatever the pattern of arrivals', async () => {
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
				const window = new SlidingWindow({ ...limit, maxRequests }, clock);
				const spans: Array<{ sent: number; answered: number }> = [];
				const sending: Array<Promise<void>> = [];
				for (const { comesAfter, takes } of requests) {
					await clock.wait(comesAfter);
					sending.push(
						(async () => {
							await window.acquire(PATIENT);
							const sent = clock.now();
							await clock.wait(takes);
							spans.push({ sent, answered: clock.now() });
							window.release();
						})(),
					);
				}
				await Promise.all(sending);

				// The worst stretch begins with an arrival, and arrivals are worst at an answer or a sending.
				for (const start of spans.flatMap(({ sent, answered }) => [sent, answered])) {
					const within = spans.filter(
						({ sent, answered }) => answered >= start && sent < start + limit.windowMs,
					);
					expect(within.length).toBeLessThanOrEqual(maxRequests);
				}
			}),
			{ numRuns: 60 },
		);
	});

	/** The clock moves on its own here, so a request leaves late only if something held it back. */
	it('never keeps anybody waiting while it has a slot', async () => {
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
				const window = new SlidingWindow({ ...limit, maxRequests }, clock);
				const spans: Array<{ came: number; sent: number; answered: number }> = [];
				const sending: Array<Promise<void>> = [];
				for (const { comesAfter, takes } of requests) {
					await clock.wait(comesAfter);
					sending.push(
						(async () => {
							const came = clock.now();
							await window.acquire(PATIENT);
							const sent = clock.now();
							await clock.wait(takes);
							spans.push({ came, sent, answered: clock.now() });
							window.release();
						})(),
					);
				}
				await Promise.all(sending);

				// Who waited left at the moment a slot came free: until just before, all of them were taken.
				for (const { sent } of spans.filter(({ came, sent: left }) => left > came)) {
					const before = sent - 1;
					const taken = spans.filter(
						(other) => other.sent <= before && other.answered + limit.windowMs > before,
					);
					expect(taken).toHaveLength(maxRequests);
				}
			}),
			{ numRuns: 60 },
		);
	});

	it('lets each of them go in the end', async () => {
		const clock = createClock({ automatic: true });
		const startedAt = clock.now();
		const window = new SlidingWindow(limit, clock);
		const left = Array.from({ length: 50 }, async () => {
			await window.acquire(PATIENT);
			window.release();
		});
		await Promise.all(left);
		// 50 in threes: the last after sixteen windows.
		expect(clock.now() - startedAt).toBe(160_000);
		expect(window.isIdle).toBe(false);
		await clock.wait(limit.windowMs);
		expect(window.isIdle).toBe(true);
	});
});

describe('a limit that others live on, too', () => {
	/**
	 * Clerk, which counts arrivals, with others who take `others(now)` of any window; and a window that
	 * sends as many as it lets go. Tells when requests came through, and when they were rejected.
	 */
	async function share(
		granted: number,
		others: (passed: number) => number,
		requests: number,
		maxRequests = granted,
	) {
		const clock = createClock({ automatic: true });
		const startedAt = clock.now();
		const window = new SlidingWindow({ ...limit, maxRequests }, clock);
		const passed = () => clock.now() - startedAt;
		const accepted: number[] = [];
		const rejected: number[] = [];

		const send = async (): Promise<void> => {
			await window.acquire(PATIENT);
			const ours = accepted.filter((at) => at > passed() - limit.windowMs);
			const isRejected = ours.length + others(passed()) >= granted;
			(isRejected ? rejected : accepted).push(passed());
			await clock.wait(100);
			window.release();
			if (!isRejected) return;
			window.reject(clock.now() + 1_000);
			await send();
		};
		// As many at once as a run has in flight.
		let left = requests;
		const worker = async () => {
			while (left-- > 0) await send();
		};
		await Promise.all(Array.from({ length: 20 }, worker));
		return { accepted, rejected, took: passed() };
	}

	it('is met once, and then gone on with at the rate that is left', async () => {
		const { accepted, rejected, took } = await share(100, () => 50, 200);
		expect(accepted).toHaveLength(200);
		// 50 in 10 seconds are left, so the last 50 go after 30 seconds.
		expect(took).toBeLessThan(1.2 * 40_000);
		// Those in flight when it was met, and the few that ask later whether the others are gone.
		expect(rejected.filter((at) => at < 10_000).length).toBeLessThanOrEqual(20);
		expect(rejected.filter((at) => at >= 10_000).length).toBeLessThanOrEqual(4);
	});

	it('is used whole again once the others are gone', async () => {
		const { accepted } = await share(100, (at) => (at < 15_000 ? 80 : 0), 1_500);
		const inWindow = (from: number) =>
			accepted.filter((at) => at >= from && at < from + limit.windowMs).length;
		expect(inWindow(0)).toBe(20);
		expect(inWindow(100_000)).toBeGreaterThanOrEqual(98);
	});

	it('is asked again and again, but gently, while the others leave nothing', async () => {
		const { accepted, rejected } = await share(100, (at) => (at < 60_000 ? 100 : 0), 50);
		expect(accepted).toHaveLength(50);
		expect(accepted[0]).toBeLessThan(75_000);
		expect(rejected.length).toBeLessThanOrEqual(20 + 5 * 10);
	});

	it('is not made narrower by one rejection among many that came through', async () => {
		const { clock, window } = open(10);
		await Promise.all(Array.from({ length: 6 }, async () => await window.acquire(0)));
		window.release();
		window.reject(clock.now() + 1_000);
		for (let turn = 0; turn < 5; turn++) window.release();
		await clock.advance(1_000);
		const entries = Array.from({ length: 4 }, () => watch(window.acquire(0)));
		await settle();
		expect(entries.every(({ done, error }) => done && !error)).toBe(true);
	});

	it('is gone on with near the rate that others leave, whatever that is', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.integer({ min: 10, max: 90 }),
				fc.integer({ min: 50, max: 300 }),
				async (othersTake, requests) => {
					const left = 100 - othersTake;
					const { accepted, rejected, took } = await share(100, () => othersTake, requests);
					expect(accepted).toHaveLength(requests);
					// A window begun counts as a whole; and two are lost to the first meeting.
					const windowsNeeded = Math.ceil(requests / left);
					expect(took).toBeLessThan((1.2 * windowsNeeded + 2) * limit.windowMs);
					// 20 in flight at each meeting, and no more than one meeting in two windows.
					const windows = (accepted.at(-1) ?? 0) / limit.windowMs;
					expect(rejected.length).toBeLessThanOrEqual(20 * (1 + windows / 2));
				},
			),
			{ numRuns: 30 },
		);
	});

	/** How many may go at this moment. */
	async function goNow(window: SlidingWindow, asking = 100): Promise<number> {
		const entries = Array.from({ length: asking }, () => watch(window.acquire(0)));
		await settle();
		return entries.filter(({ done, error }) => done && !error).length;
	}

	/** One after the other: `through` that come through, and one that is rejected. */
	async function meet(clock: FakeClock, window: SlidingWindow, through = 0) {
		for (let turn = 0; turn <= through; turn++) {
			await window.acquire(PATIENT);
			window.release();
		}
		window.reject(clock.now() + 1_000);
	}

	it('counts those that come through after the first were rejected', async () => {
		const { clock, window } = open(20);
		for (let turn = 0; turn < 10; turn++) await window.acquire(0);
		for (let turn = 0; turn < 2; turn++) {
			window.release();
			window.reject(clock.now() + 1_000);
		}
		for (let turn = 0; turn < 8; turn++) window.release();
		await clock.advance(limit.windowMs);
		// Eight, on top of the least that is tried.
		expect(await goNow(window)).toBe(10);
	});

	it('is tried with a tenth where nothing came through', async () => {
		const { clock, window } = open(100);
		await meet(clock, window);
		await clock.advance(limit.windowMs);
		expect(await goNow(window)).toBe(10);
	});

	it('is learnt anew at each meeting', async () => {
		const { clock, window } = open(100);
		for (let turn = 0; turn < 4; turn++) {
			await meet(clock, window);
			await clock.advance(200_000);
		}
		await meet(clock, window, 30);
		await clock.advance(limit.windowMs);
		expect(await goNow(window)).toBe(30);
	});

	it('lets those wait who are willing to wait for its next step', async () => {
		const { clock, window } = open(10);
		await meet(clock, window);
		await clock.advance(19_000);
		await window.acquire(0);
		window.release();
		const entry = watch(window.acquire(3_000));
		await clock.advance(2_000);
		expect(entry).toEqual({ done: true, error: undefined });
	});

	it('is not forgotten while it is narrower than it was', async () => {
		const clock = createClock();
		const windows = new RateLimiters(clock);
		const window = windows.get('key', limit);
		await window.acquire(0);
		window.release();
		window.reject(clock.now() + 1_000);
		await clock.advance(limit.windowMs);
		expect(window.isIdle).toBe(false);
		await clock.advance(60_000);
		expect(window.isIdle).toBe(true);
	});
});

describe('the windows of the process', () => {
	it('are the same ones under the same name', () => {
		const windows = new RateLimiters(createClock());
		expect(windows.get('a', limit)).toBe(windows.get('a', limit));
		expect(windows.get('a', limit)).not.toBe(windows.get('b', limit));
	});

	it('take the limit that was named last', async () => {
		const windows = new RateLimiters(createClock());
		windows.get('a', { ...limit, maxRequests: 1 });
		const window = windows.get('a', { ...limit, maxRequests: 2 });
		await window.acquire(0);
		expect(window.isFull).toBe(false);
		await window.acquire(0);
		expect(window.isFull).toBe(true);
	});

	it('forget those that count nothing any more, and none that does', async () => {
		const clock = createClock();
		const windows = new RateLimiters(clock);
		const busy = windows.get('busy', limit);
		await busy.acquire(0);
		const paused = windows.get('paused', limit);
		paused.pause(clock.now() + 3_600_000);
		const lasting = windows.getPinned('lasting', limit);
		const idle = windows.get('idle', limit);
		for (let user = 0; user < 1_000; user++) windows.get(`user ${user}`, limit);
		expect(windows.get('busy', limit)).toBe(busy);
		expect(windows.get('paused', limit)).toBe(paused);
		expect(windows.getPinned('lasting', limit)).toBe(lasting);
		expect(windows.get('idle', limit)).not.toBe(idle);
	});
});

describe('what a window still lets through', () => {
	const HOUR = 3_600_000;
	const hourly = { name: '3 an hour', maxRequests: 3, windowMs: HOUR };

	/** As many as have been answered, one every minute. */
	async function used(count: number) {
		const clock = createClock();
		const window = new SlidingWindow(hourly, clock);
		for (let at = 0; at < count; at++) {
			await window.acquire(0);
			window.release();
			await clock.advance(60_000);
		}
		return { clock, window, now: clock.now() };
	}

	it('is its maxRequests while it counts nothing', async () => {
		const { window, now } = await used(0);
		expect(window.remaining(0)).toEqual({ requests: 3, until: now + HOUR });
	});

	it('is what is left of it, and what gets free within the wait', async () => {
		const { window, now } = await used(2);
		// The first was answered two minutes ago, and the second one.
		expect(window.remaining(0)).toEqual({ requests: 1, until: now + HOUR - 120_000 });
		// Who waits for the first stands in line for the second, which comes a minute later.
		expect(window.remaining(HOUR - 120_000)).toEqual({ requests: 3, until: now + HOUR });
	});

	it('is without end where one waits for a whole window', async () => {
		const { window, now } = await used(3);
		expect(window.remaining(HOUR)).toEqual({ requests: Infinity, until: now + HOUR });
		expect(window.remaining(HOUR - 1)).not.toMatchObject({ requests: Infinity });
	});

	it('is nothing while it is paused for longer than one waits', async () => {
		const { window, now } = await used(0);
		window.pause(now + 5_000);
		expect(window.remaining(4_999)).toEqual({ requests: 0, until: now + 5_000 });
		expect(window.remaining(5_000)).toEqual({ requests: 3, until: now + 5_000 + HOUR });
	});

	it('counts those on their way, and those in the line', async () => {
		const { window } = await used(0);
		await window.acquire(0);
		expect(window.remaining(0).requests).toBe(2);
		const entering = window.acquire(0);
		expect(window.remaining(0).requests).toBe(1);
		await entering;
		await window.acquire(0);
		const waiting = watch(window.acquire(HOUR));
		await settle();
		expect(window.remaining(0).requests).toBe(0);
		expect(window.isIdle).toBe(false);
		expect(waiting.done).toBe(false);
	});

	it('tells how long the last of so many would wait', async () => {
		const { clock, window, now } = await used(2);
		const waits = (...counts: number[]) => counts.map((count) => window.waitOf(count));
		// One is free; those that were answered two minutes ago and one are free in 58 and 59.
		const first = [0, HOUR - 120_000, HOUR - 60_000, HOUR];
		expect(waits(1, 2, 3, 4)).toEqual(first);
		expect(waits(5, 6, 7, 8)).toEqual([
			...first.slice(1).map((ms) => ms + HOUR),
			3 * HOUR - 120_000,
		]);
		await window.acquire(0);
		const waiting = watch(window.acquire(HOUR));
		await settle();
		expect(waits(1, 2)).toEqual(first.slice(2));
		window.pause(now + 10_000);
		expect(waits(1, 2)).toEqual([HOUR - 60_000, HOUR + 10_000]);
		expect(waiting.done).toBe(false);
		await clock.advance(HOUR);
	});

	it('is nothing where those in the line take all that gets free', async () => {
		const { clock, window } = await used(3);
		await clock.advance(50 * 60_000);
		// Of the first, answered 53 minutes ago: it is free in 7.
		expect(window.remaining(10 * 60_000).requests).toBe(3);
		const now = clock.now();
		const others = [1, 2, 3].map(() => watch(window.acquire(HOUR)));
		await settle();
		expect(window.remaining(10 * 60_000)).toEqual({ requests: 0, until: now + HOUR + 7 * 60_000 });
		expect(window.waitOf(1)).toBe(HOUR + 7 * 60_000);
		expect(others.map(({ done }) => done)).toEqual([false, false, false]);
	});

	it('is what others have left of it, whatever went before that was learnt', async () => {
		const clock = createClock({ automatic: true });
		const window = new SlidingWindow(
			{ name: '25 an hour', maxRequests: 25, windowMs: HOUR },
			clock,
		);
		const all = Array.from({ length: 25 });
		await Promise.all(all.map(async () => await window.acquire(0)));
		all.forEach((_, at) => {
			window.release();
			if (at >= 5) window.reject(clock.now() + 60_000);
		});
		await clock.wait(61_000);
		const begin = clock.now();
		const told = [1, 5, 6].map((count) => window.waitOf(count));
		expect(window.remaining(HOUR - 1).requests).toBe(5);
		const waited = await Promise.all(
			Array.from({ length: 6 }, async () => {
				await window.acquire(2 * HOUR);
				window.release();
				return clock.now() - begin;
			}),
		);
		expect(told.slice(0, 2)).toEqual([waited[0], waited[4]]);
		expect(told[2]).toBe(waited[5]);
	});

	it('tells of a pause how long it is', async () => {
		const { window, now } = await used(0);
		window.pause(now + 5_000);
		expect([1, 3, 4].map((count) => window.waitOf(count))).toEqual([5_000, 5_000, 5_000 + HOUR]);
	});

	it('says in words when it is over', async () => {
		const { window, now } = await used(3);
		await expect(window.acquire(0)).rejects.toThrow(
			`3 an hour is used up until ${new Date(now + HOUR - 180_000).toISOString()}`,
		);
	});
});
