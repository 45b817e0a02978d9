import { createHash } from 'node:crypto';

import type { ApiRequest } from '../operation';
import type { RemainingQuota, SpecificLimit } from '../rateLimit/limit';
import type { RateLimiters } from '../rateLimit/rateLimiters';
import type { SlidingWindow } from '../rateLimit/slidingWindow';
import type { ClerkCredential, RateLimits } from './credential';
import { MAX_RETRY_AFTER_MS } from './outcome';

/**
 * Only limits with a window of at least this are checked before a run; shorter ones are over before
 * anyone could act on it.
 */
const LONG_WINDOW_MS = 600_000;

/** The limiters that the requests with one credential count towards. */
export class RequestLimiters {
	/** Names the credential's limiters without holding its key. */
	private readonly keyHash: string;

	constructor(
		private readonly credential: ClerkCredential,
		baseUrl: string,
		private readonly limits: RateLimits,
		private readonly limiters: RateLimiters,
	) {
		this.keyHash = createHash('sha256')
			.update(`${baseUrl} ${credential.secretKey}`)
			.digest('base64');
	}

	/** Returns a specific limiter first, so that a request waiting for it holds no slot of the key's limiter. */
	for({ method, path }: ApiRequest): SlidingWindow[] {
		const { secretKey, rateLimitShare } = this.credential;
		const keyLimit = this.limits.forKey(secretKey);
		const share = Math.min(100, Math.max(1, rateLimitShare)) / 100;
		const maxRequests = Math.max(1, Math.floor(keyLimit.maxRequests * share));
		const keyLimiter = this.limiters.get(this.keyHash, { ...keyLimit, maxRequests });
		const specific = this.limits.forRequest(method, path);
		if (!specific) return [keyLimiter];
		// Held, as getting the other one may drop those that are idle.
		const letGo = keyLimiter.hold();
		const limiters = [this.specificLimiter(specific), keyLimiter];
		letGo();
		return limiters;
	}

	/**
	 * Returns the remaining quota of the hourly limit that such a request counts towards; undefined if it
	 * counts towards none.
	 */
	remainingFor({ method, path }: ApiRequest, maxWaitMs: number): RemainingQuota | undefined {
		const specific = this.limits.forRequest(method, path);
		if (!specific || specific.limit.windowMs < LONG_WINDOW_MS) return undefined;
		const limiter = this.specificLimiter(specific);
		return {
			...specific,
			...limiter.remaining(maxWaitMs),
			waitOf: (requests) => limiter.waitOf(requests),
		};
	}

	/**
	 * Pauses the limiter that a 429 belongs to: the specific one when it is used up, or when the pause
	 * outlasts the key's window and the specific window is the longer one.
	 *
	 * @param limiters - of the request
	 * @returns the name of the limit whose pause that begins
	 */
	pause(limiters: SlidingWindow[], ms: number): string | undefined {
		const specificLimiter = limiters[0];
		const keyLimiter = limiters[limiters.length - 1];
		const outlastsKey =
			ms > keyLimiter.limit.windowMs && specificLimiter.limit.windowMs > keyLimiter.limit.windowMs;
		const isSpecific = specificLimiter !== keyLimiter && (specificLimiter.isFull || outlastsKey);
		const until = this.limiters.clock.now() + ms;
		// The key's limit is shared with other clients, so learn what they leave. Specific limits rarely are, and
		// an hour is too long to learn in.
		const isNewPause = isSpecific
			? specificLimiter.pause(until)
			: keyLimiter.onRejected(until, ms >= MAX_RETRY_AFTER_MS);
		return isNewPause ? (isSpecific ? specificLimiter : keyLimiter).limit.name : undefined;
	}

	private specificLimiter({ limit, countedBy }: SpecificLimit): SlidingWindow {
		return this.limiters.get(`${this.keyHash} ${countedBy}`, limit);
	}
}
