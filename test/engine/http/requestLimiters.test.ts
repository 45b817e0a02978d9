import type { RateLimits } from '../../../nodes/Clerk/engine/http/credential';
import { MAX_RETRY_AFTER_MS } from '../../../nodes/Clerk/engine/http/outcome';
import { RequestLimiters } from '../../../nodes/Clerk/engine/http/requestLimiters';
import type { ApiRequest } from '../../../nodes/Clerk/engine/operation';
import { RateLimiters } from '../../../nodes/Clerk/engine/rateLimit/rateLimiters';
import { createClock } from '../../support/clock';

const KEY_LIMIT = { name: 'the limit of the key', maxRequests: 10, windowMs: 10_000 };
const ONE_LIMIT = { name: 'the limit of one record', maxRequests: 1, windowMs: 10_000 };
const HOUR_LIMIT = { name: 'the limit of an hour', maxRequests: 2, windowMs: 3_600_000 };

/** Writes count towards a limit of their own: below `/hour` one of an hour, otherwise one of each path. */
const limits: RateLimits = {
	forKey: () => KEY_LIMIT,
	forRequest(method, path) {
		if (method === 'GET') return undefined;
		const limit = path.startsWith('/hour') ? HOUR_LIMIT : ONE_LIMIT;
		return { limit, countedBy: limit === HOUR_LIMIT ? 'hour' : path };
	},
};

const get: ApiRequest = { method: 'GET', path: '/one' };
const write: ApiRequest = { method: 'PATCH', path: '/one' };
const hourly: ApiRequest = { method: 'POST', path: '/hour' };

function limitersWith(rateLimitShare = 100) {
	const clock = createClock({ automatic: true });
	const credential = {
		secretKey: 'k',
		baseUrl: 'x',
		accessPolicy: 'full',
		rateLimitShare,
	} as const;
	const limiters = new RequestLimiters(credential, 'x', limits, new RateLimiters(clock));
	return { clock, limiters };
}

describe('RequestLimiters.for', () => {
	it('returns the limiter of the key for a request without a limit of its own', () => {
		const { limiters } = limitersWith();
		expect(limiters.for(get).map(({ limit }) => limit)).toEqual([KEY_LIMIT]);
	});

	it('returns the specific limiter before the one of the key', () => {
		const { limiters } = limitersWith();
		expect(limiters.for(write).map(({ limit }) => limit)).toEqual([ONE_LIMIT, KEY_LIMIT]);
		expect(limiters.for(write)[1]).toBe(limiters.for(get)[0]);
	});

	it.each([
		[50, 5],
		[1, 1],
		[1_000, 10],
		[-5, 1],
	])(
		'gives a share of %i %% %i requests of the key, and none less of a specific limit',
		(share, most) => {
			const [specific, key] = limitersWith(share).limiters.for(write);
			expect(key.limit.maxRequests).toBe(most);
			expect(specific.limit).toEqual(ONE_LIMIT);
		},
	);
});

describe('RequestLimiters.pause, after a 429', () => {
	it('pauses the limiter of the key for a request without a limit of its own', () => {
		const { limiters } = limitersWith();
		expect(limiters.pause(limiters.for(get), 1_000)).toBe(KEY_LIMIT.name);
		expect(limiters.for(get)[0].remaining(0).requests).toBe(0);
	});

	it('pauses the specific limiter that is used up, and not the one of the key', async () => {
		const { limiters } = limitersWith();
		const [specific, key] = limiters.for(write);
		await specific.acquire(0);
		expect(limiters.pause([specific, key], 1_000)).toBe(ONE_LIMIT.name);
		expect(key.remaining(0).requests).toBeGreaterThan(0);
	});

	it('pauses the limiter of the key while the specific one has room', () => {
		const { limiters } = limitersWith();
		expect(limiters.pause(limiters.for(write), 1_000)).toBe(KEY_LIMIT.name);
		expect(limiters.for(write)[0].remaining(0).requests).toBe(1);
	});

	it.each([
		['longer than the window of the key', KEY_LIMIT.windowMs + 1, HOUR_LIMIT.name],
		['as long as the window of the key', KEY_LIMIT.windowMs, KEY_LIMIT.name],
		['as long as a pause can be', MAX_RETRY_AFTER_MS, HOUR_LIMIT.name],
	])(
		'with an hourly limit and a pause %s pauses the limiter that can last so long',
		(_, ms, name) => {
			const { limiters } = limitersWith();
			expect(limiters.pause(limiters.for(hourly), ms)).toBe(name);
		},
	);

	it('returns no name while the limiter is paused already', () => {
		const { limiters } = limitersWith();
		limiters.pause(limiters.for(get), 1_000);
		expect(limiters.pause(limiters.for(get), 2_000)).toBeUndefined();
	});
});

describe('RequestLimiters.remainingFor', () => {
	it('returns the quota of an hourly limit, and none of a shorter one', () => {
		const { limiters } = limitersWith();
		expect(limiters.remainingFor(hourly, 0)).toMatchObject({ requests: 2, countedBy: 'hour' });
		expect(limiters.remainingFor(write, 0)).toBeUndefined();
		expect(limiters.remainingFor(get, 0)).toBeUndefined();
	});
});
