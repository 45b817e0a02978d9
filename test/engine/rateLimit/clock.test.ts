import { CancelledError } from '../../../nodes/Clerk/engine/rateLimit/cancellation';
import { realClock, toDate, toIsoTime } from '../../../nodes/Clerk/engine/rateLimit/clock';

beforeEach(() => jest.useFakeTimers());

afterEach(() => jest.useRealTimers());

/** The state of a wait so far. */
function watch(wait: Promise<void>) {
	const state = { is: 'waiting', error: undefined as unknown };
	void wait.then(
		() => (state.is = 'over'),
		(error: unknown) => Object.assign(state, { is: 'stopped', error }),
	);
	return state;
}

const advance = async (ms: number) => await jest.advanceTimersByTimeAsync(ms);

describe('realClock', () => {
	it('has a time that goes on, and the date', () => {
		const before = realClock.now();
		jest.advanceTimersByTime(250);
		expect(realClock.now() - before).toBe(250);
		expect(realClock.date()).toBe(Date.now());
	});
});

describe('toDate', () => {
	it('returns the date of a moment, by the present date', () => {
		const inAMinute = realClock.now() + 60_000;
		expect(toDate(realClock, inAMinute)).toBe(Date.now() + 60_000);
		jest.setSystemTime(Date.now() - 3_600_000);
		expect(toDate(realClock, inAMinute)).toBe(Date.now() + 60_000);
	});
});

describe('toIsoTime', () => {
	it.each([
		[Date.UTC(2026, 0, 2), '2026-01-02T00:00:00.000Z'],
		[1e300, '+275760-09-13T00:00:00.000Z'],
		[Infinity, '+275760-09-13T00:00:00.000Z'],
		[-Infinity, '-271821-04-20T00:00:00.000Z'],
		[NaN, '1970-01-01T00:00:00.000Z'],
	])('of %p returns %s', (at, text) => {
		expect(toIsoTime(at)).toBe(text);
	});
});

describe('realClock.wait', () => {
	it.each([0, 1, 999, 1_000, 1_001, 61_500])('waits %i ms', async (ms) => {
		const wait = watch(realClock.wait(ms));
		if (ms > 0) {
			await advance(ms - 1);
			expect(wait.is).toBe('waiting');
		}
		await advance(1);
		expect(wait.is).toBe('over');
		expect(jest.getTimerCount()).toBe(0);
	});

	it('waits 2.5 s in three sleeps', async () => {
		const wait = watch(realClock.wait(2_500));
		await jest.advanceTimersToNextTimerAsync(2);
		expect(wait.is).toBe('waiting');
		await jest.advanceTimersToNextTimerAsync(1);
		expect(wait.is).toBe('over');
	});

	it('resolves at once when the time is negative', async () => {
		const wait = watch(realClock.wait(-5_000));
		await advance(0);
		expect(wait.is).toBe('over');
	});

	it('rejects with CancelledError when the execution is stopped, and leaves no timer longer than a second', async () => {
		const controller = new AbortController();
		const wait = watch(realClock.wait(3_600_000, controller.signal));
		await advance(90_000);
		expect(wait.is).toBe('waiting');
		controller.abort();
		await advance(0);
		expect(wait).toMatchObject({ is: 'stopped', error: expect.any(CancelledError) });
		await advance(1_000);
		expect(jest.getTimerCount()).toBe(0);
	});

	it('rejects with CancelledError at once when the execution was stopped before', async () => {
		const wait = watch(realClock.wait(5_000, AbortSignal.abort()));
		await advance(0);
		expect(wait).toMatchObject({ is: 'stopped', error: expect.any(CancelledError) });
	});
});
