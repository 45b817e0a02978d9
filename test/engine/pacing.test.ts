import fc from 'fast-check';

import {
	Cancelled,
	retryAfterMs,
	WaitTooLong,
	Window,
	Windows,
} from '../../nodes/Clerk/engine/pacing';
import type { Limit } from '../../nodes/Clerk/engine/pacing';
import { createClock, settle } from '../support/clock';

const limit: Limit = { name: '3 in 10 seconds', budget: 3, windowMs: 10_000 };
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

function open(budget = limit.budget) {
	const clock = createClock();
	const window = new Window({ ...limit, budget }, clock);
	return { clock, window };
}

describe('a window', () => {
	it('lets its budget go at once, and no more', async () => {
		const { window } = open();
		const entries = [1, 2, 3, 4].map(() => watch(window.enter(PATIENT)));
		await settle();
		expect(entries.map(({ done }) => done)).toEqual([true, true, true, false]);
	});

	it('frees a slot ten seconds after the answer, not after the sending', async () => {
		const { clock, window } = open(1);
		await window.enter(PATIENT);
		const next = watch(window.enter(PATIENT));
		await clock.advance(15_000);
		expect(next.done).toBe(false);

		window.leave();
		await clock.advance(9_999);
		expect(next.done).toBe(false);
		await clock.advance(1);
		expect(next.done).toBe(true);
	});

	it('frees a slot at once that was given back unused', async () => {
		const { window } = open(1);
		await window.enter(PATIENT);
		const next = watch(window.enter(PATIENT));
		window.giveBack();
		await settle();
		expect(next.done).toBe(true);
	});

	it('lets a stopped execution leave the line before its turn, and without a slot', async () => {
		const { clock, window } = open(1);
		await window.enter(PATIENT);
		const first = watch(window.enter(PATIENT));
		const stop = new AbortController();
		const second = watch(window.enter(PATIENT, stop.signal));
		const third = watch(window.enter(PATIENT));
		await settle();
		stop.abort();
		await settle();
		expect(second.error).toBeInstanceOf(Cancelled);
		expect([first.done, third.done]).toEqual([false, false]);

		window.leave();
		await clock.advance(10_000);
		expect(first.done).toBe(true);
		window.leave();
		await clock.advance(10_000);
		expect(third).toEqual({ done: true, error: undefined });
	});

	it('tells at once who would have to wait too long, whoever else is in line', async () => {
		const { window } = open(1);
		window.pause(600_000 + 1_000_000_000_000_000);
		watch(window.enter(Infinity));
		const impatient = watch(window.enter(500));
		await settle();
		expect(impatient.error).toBeInstanceOf(WaitTooLong);
	});

	it('lets them out in the order in which they came', async () => {
		const { clock, window } = open(1);
		const order: number[] = [];
		const entries = [0, 1, 2, 3].map(async (turn) => {
			await window.enter(PATIENT);
			order.push(turn);
			window.leave();
		});
		await clock.advance(60_000);
		await Promise.all(entries);
		expect(order).toEqual([0, 1, 2, 3]);
	});

	it('stays shut until a pause is over, even with slots to spare', async () => {
		const { clock, window } = open();
		window.pause(clock.now() + 5_000);
		const entry = watch(window.enter(PATIENT));
		await clock.advance(4_999);
		expect(entry.done).toBe(false);
		await clock.advance(1);
		expect(entry.done).toBe(true);
	});

	it('is not opened by a second pause that is shorter', async () => {
		const { clock, window } = open();
		window.pause(clock.now() + 5_000);
		window.pause(clock.now() + 1_000);
		const entry = watch(window.enter(PATIENT));
		await clock.advance(4_999);
		expect(entry.done).toBe(false);
	});

	it('holds back who waits already when a pause comes', async () => {
		const { clock, window } = open(1);
		await window.enter(PATIENT);
		window.leave();
		const entry = watch(window.enter(PATIENT));
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
		const entry = watch(window.enter(60_000));
		await settle();
		expect(entry.error).toBeInstanceOf(WaitTooLong);
		expect(entry.error).toMatchObject({ until, limit: { name: limit.name } });
	});

	it('lets the others go on behind one who would not wait', async () => {
		const { clock, window } = open();
		window.pause(clock.now() + 61_000);
		const impatient = watch(window.enter(1_000));
		const patient = watch(window.enter(PATIENT));
		await clock.advance(61_000);
		expect([impatient.error, patient]).toEqual([
			expect.any(WaitTooLong),
			{ done: true, error: undefined },
		]);
	});

	it('waits for answers that are still to come, however impatient', async () => {
		const { clock, window } = open(1);
		await window.enter(0);
		const entry = watch(window.enter(0));
		await clock.advance(120_000);
		expect(entry.done).toBe(false);
	});

	it('ends the wait of a stopped execution at once, and nobody else’s', async () => {
		const { clock, window } = open(1);
		const stop = new AbortController();
		await window.enter(PATIENT);
		const stopped = watch(window.enter(PATIENT, stop.signal));
		const other = watch(window.enter(PATIENT));
		await clock.advance(500);
		stop.abort();
		await settle();
		expect(stopped.error).toBeInstanceOf(Cancelled);

		window.leave();
		await clock.advance(10_000);
		expect(other).toEqual({ done: true, error: undefined });
	});

	it('waits in slices, so that a stopped execution leaves no long timer behind', async () => {
		const { clock, window } = open();
		window.pause(clock.now() + 600_000);
		void window.enter(PATIENT).catch(() => {});
		await clock.advance(1_500);
		expect(clock.pending()).toBe(1);
		await clock.advance(1_000);
		expect(clock.pending()).toBe(1);
	});

	it('knows when it is idle', async () => {
		const { clock, window } = open();
		expect(window.isIdle).toBe(true);
		await window.enter(PATIENT);
		expect(window.isIdle).toBe(false);
		window.leave();
		expect(window.isIdle).toBe(false);
		await clock.advance(10_000);
		expect(window.isIdle).toBe(true);
		window.pause(clock.now() + 1);
		expect(window.isIdle).toBe(false);
	});

	/**
	 * Clerk counts a request when it arrives, at some moment between sending and answer. So no matter
	 * which moment, no stretch of ten seconds may hold more than the budget: the requests that can be
	 * in `[t, t + 10 s)` are those sent before its end and answered after its start.
	 */
	it('never lets more than its budget into any ten seconds, whatever the pattern of arrivals', async () => {
		const pattern = fc.record({
			budget: fc.integer({ min: 1, max: 8 }),
			requests: fc.array(
				fc.record({
					comesAfter: fc.integer({ min: 0, max: 6_000 }),
					takes: fc.integer({ min: 0, max: 25_000 }),
				}),
				{ minLength: 1, maxLength: 40 },
			),
		});
		await fc.assert(
			fc.asyncProperty(pattern, async ({ budget, requests }) => {
				const clock = createClock({ automatic: true });
				const window = new Window({ ...limit, budget }, clock);
				const spans: Array<{ sent: number; answered: number }> = [];
				const sending: Array<Promise<void>> = [];
				for (const { comesAfter, takes } of requests) {
					await clock.wait(comesAfter);
					sending.push(
						(async () => {
							await window.enter(PATIENT);
							const sent = clock.now();
							await clock.wait(takes);
							spans.push({ sent, answered: clock.now() });
							window.leave();
						})(),
					);
				}
				await Promise.all(sending);

				// The worst stretch begins with an arrival, and arrivals are worst at an answer or a sending.
				for (const start of spans.flatMap(({ sent, answered }) => [sent, answered])) {
					const within = spans.filter(
						({ sent, answered }) => answered >= start && sent < start + limit.windowMs,
					);
					expect(within.length).toBeLessThanOrEqual(budget);
				}
			}),
			{ numRuns: 60 },
		);
	});

	it('lets each of them go in the end', async () => {
		const { window } = open();
		const clock = createClock({ automatic: true });
		const quick = new Window(limit, clock);
		const left = Array.from({ length: 50 }, async () => {
			await quick.enter(PATIENT);
			quick.leave();
		});
		await Promise.all(left);
		// 50 in threes: the last after sixteen windows.
		expect(clock.now() - Date.UTC(2026, 5, 1)).toBeGreaterThanOrEqual(160_000);
		expect(window.isIdle).toBe(true);
	});
});

describe('the windows of the process', () => {
	it('are the same ones under the same name', () => {
		const windows = new Windows(createClock());
		expect(windows.open('a', limit)).toBe(windows.open('a', limit));
		expect(windows.open('a', limit)).not.toBe(windows.open('b', limit));
	});

	it('take the limit that was named last', async () => {
		const windows = new Windows(createClock());
		windows.open('a', { ...limit, budget: 1 });
		const window = windows.open('a', { ...limit, budget: 2 });
		await window.enter(0);
		expect(window.isFull).toBe(false);
		await window.enter(0);
		expect(window.isFull).toBe(true);
	});

	it('forget those that count nothing any more, and none that does', async () => {
		const clock = createClock();
		const windows = new Windows(clock);
		const busy = windows.open('busy', limit);
		await busy.enter(0);
		const paused = windows.open('paused', limit);
		paused.pause(clock.now() + 3_600_000);
		const idle = windows.open('idle', limit);
		for (let user = 0; user < 1_000; user++) windows.open(`user ${user}`, limit);
		expect(windows.open('busy', limit)).toBe(busy);
		expect(windows.open('paused', limit)).toBe(paused);
		expect(windows.open('idle', limit)).not.toBe(idle);
	});
});

describe('Retry-After', () => {
	const now = Date.UTC(2026, 5, 1, 12);

	it.each([
		['30', 30_000],
		[30, 30_000],
		['0.5', 500],
		['0', 0],
		['-5', 0],
		['Mon, 01 Jun 2026 12:00:07 GMT', 7_000],
		['Mon, 01 Jun 2026 11:00:00 GMT', 0],
	])('of %p is %i ms', (header, ms) => {
		expect(retryAfterMs(header, now)).toBe(ms);
	});

	it.each([undefined, null, '', 'soon', '1e999', 'NaN'])('of %p says nothing', (header) => {
		expect(retryAfterMs(header, now)).toBeUndefined();
	});
});
