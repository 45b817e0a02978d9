import { realClock } from '../../nodes/Clerk/engine/rateLimit/clock';
import { RateLimitWaitError } from '../../nodes/Clerk/engine/rateLimit/rateLimitWaitError';
import { SlidingWindow } from '../../nodes/Clerk/engine/rateLimit/slidingWindow';

/** The system's clock is set: by NTP, by a virtual machine that was restored, by a person. */

const HOUR = 3_600_000;
const limit = { name: '1 in 50 ms', maxRequests: 1, windowMs: 50 };

const setClock = (ms: number) => {
	const at = Date.now() + ms;
	jest.spyOn(Date, 'now').mockReturnValue(at);
	return at;
};

afterEach(() => jest.restoreAllMocks());

describe.each([-HOUR, -30_000, HOUR])('set by %i ms, the clock', (ms) => {
	it('blocks no request', async () => {
		const limiter = new SlidingWindow(limit, realClock);
		await limiter.acquire(0);
		limiter.release();
		setClock(ms);
		await limiter.acquire(1_000);
		expect(limiter.isFull).toBe(true);
	});

	it('does not change a wait that is under way', async () => {
		const startedAt = performance.now();
		const wait = realClock.wait(100);
		setClock(ms);
		await wait;
		expect(performance.now() - startedAt).toBeGreaterThanOrEqual(99);
	});

	it('does not end a pause early, nor late', async () => {
		const limiter = new SlidingWindow(limit, realClock);
		limiter.pause(realClock.now() + 100);
		setClock(ms);
		await expect(limiter.acquire(50)).rejects.toThrow(RateLimitWaitError);
		await limiter.acquire(1_000);
	});

	it('is the one that messages tell', async () => {
		const limiter = new SlidingWindow(limit, realClock);
		limiter.pause(realClock.now() + HOUR);
		const at = setClock(ms);
		const error = (await limiter
			.acquire(0)
			.catch((thrown: unknown) => thrown)) as RateLimitWaitError;
		expect(Math.abs(error.until - at - HOUR)).toBeLessThan(1_000);
	});
});
