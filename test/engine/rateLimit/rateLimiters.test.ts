import type { Limit } from '../../../nodes/Clerk/engine/rateLimit/limit';
import { RateLimiters } from '../../../nodes/Clerk/engine/rateLimit/rateLimiters';
import { createClock } from '../../support/clock';

const limit: Limit = { name: '3 in 10 seconds', maxRequests: 3, windowMs: 10_000 };

describe('RateLimiters', () => {
	it('returns the same limiter for the same name', () => {
		const limiters = new RateLimiters(createClock());
		expect(limiters.get('a', limit)).toBe(limiters.get('a', limit));
		expect(limiters.get('a', limit)).not.toBe(limiters.get('b', limit));
	});

	it('sets the limit given last', async () => {
		const limiters = new RateLimiters(createClock());
		limiters.get('a', { ...limit, maxRequests: 1 });
		const limiter = limiters.get('a', { ...limit, maxRequests: 2 });
		await limiter.acquire(0);
		expect(limiter.isFull).toBe(false);
		await limiter.acquire(0);
		expect(limiter.isFull).toBe(true);
	});

	it('drops idle limiters, and keeps those in use, paused or held', async () => {
		const clock = createClock();
		const limiters = new RateLimiters(clock);
		const busy = limiters.get('busy', limit);
		await busy.acquire(0);
		const paused = limiters.get('paused', limit);
		paused.pause(clock.now() + 3_600_000);
		const held = limiters.get('held', limit);
		const letGo = held.hold();
		const idle = limiters.get('idle', limit);
		for (let user = 0; user < 1_000; user++) limiters.get(`user ${user}`, limit);
		expect(limiters.get('busy', limit)).toBe(busy);
		expect(limiters.get('paused', limit)).toBe(paused);
		expect(limiters.get('held', limit)).toBe(held);
		letGo();
		for (let user = 0; user < 1_000; user++) limiters.get(`other ${user}`, limit);
		expect(limiters.get('held', limit)).not.toBe(held);
		expect(limiters.get('idle', limit)).not.toBe(idle);
	});
});
