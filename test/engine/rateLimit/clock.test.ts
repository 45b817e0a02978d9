import { realClock } from '../../../nodes/Clerk/engine/rateLimit/clock';
import { CancelledError } from '../../../nodes/Clerk/engine/rateLimit/cancellation';

beforeEach(() => jest.useFakeTimers());

afterEach(() => jest.useRealTimers());

/** What has become of a wait by now. */
function watched(wait: Promise<void>) {
	const state = { is: 'waiting', fault: undefined as unknown };
	void wait.then(
		() => (state.is = 'over'),
		(fault: unknown) => Object.assign(state, { is: 'stopped', fault }),
	);
	return state;
}

const pass = async (ms: number) => await jest.advanceTimersByTimeAsync(ms);

it('knows the time', () => {
	expect(realClock.now()).toBe(Date.now());
});

describe('a wait', () => {
	it.each([0, 1, 999, 1_000, 1_001, 61_500])('takes %i ms', async (ms) => {
		const wait = watched(realClock.wait(ms));
		if (ms > 0) {
			await pass(ms - 1);
			expect(wait.is).toBe('waiting');
		}
		await pass(1);
		expect(wait.is).toBe('over');
		expect(jest.getTimerCount()).toBe(0);
	});

	it('sleeps for as long as it can, instead of looking at the clock all the time', async () => {
		const wait = watched(realClock.wait(2_500));
		await jest.advanceTimersToNextTimerAsync(2);
		expect(wait.is).toBe('waiting');
		await jest.advanceTimersToNextTimerAsync(1);
		expect(wait.is).toBe('over');
	});

	it('is over at once where the time has come', async () => {
		const wait = watched(realClock.wait(-5_000));
		await pass(0);
		expect(wait.is).toBe('over');
	});

	it('ends when the execution is stopped, and leaves no timer of more than a second behind', async () => {
		const stop = new AbortController();
		const wait = watched(realClock.wait(3_600_000, stop.signal));
		await pass(90_000);
		expect(wait.is).toBe('waiting');
		stop.abort();
		await pass(0);
		expect(wait).toMatchObject({ is: 'stopped', fault: expect.any(CancelledError) });
		await pass(1_000);
		expect(jest.getTimerCount()).toBe(0);
	});

	it('does not begin where the execution was stopped before', async () => {
		const wait = watched(realClock.wait(5_000, AbortSignal.abort()));
		await pass(0);
		expect(wait).toMatchObject({ is: 'stopped', fault: expect.any(CancelledError) });
	});
});
