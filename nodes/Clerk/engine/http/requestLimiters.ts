import { createHash } from 'node:crypto';

import type { ApiRequest } from '../operation';
import type { RemainingQuota, SpecificLimit } from '../rateLimit/limit';
import type { RateLimiters } from '../rateLimit/rateLimiters';
import type { SlidingWindow } from '../rateLimit/slidingWindow';
import type { ClerkCredential, RateLimits } from './credential';
import { MAX_RETRY_AFTER_MS } from './outcome';

/** Windows shorter than this are not worth a hint: they are over before it is read. */
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

	/** Returns a specific limiter first, so that a request waiting for it holds no slot of the key's. */
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

	/** Returns what a long specific limit still allows of such requests; undefined when there is none. */
	remainingFor({ method, path }: ApiRequest, maxWaitMs: number): RemainingQuota | undefined {
		const specific = this.limits.forRequest(method, path);
		if (!specific || specific.limit.windowMs < LONG_WINDOW_MS) return undefined;
		const limiter = this.specificLimiter(specific);
		return {
			...specific,
			...limiter.remaining(maxWaitMs),
			waitOf: (calls) => limiter.waitOf(calls),
		};
	}

	/**
	 * Pauses the limiter that a 429 belongs to: the specific one when it is used up, or when the pause
	 * is longer than the key's window and its own window is longer too.
	 *
	 * @param limiters - of the request
	 * @returns the name of the limit whose pause that begins
	 */
	pause(limiters: SlidingWindow[], ms: number): string | undefined {
		const specific = limiters[0];
		const key = limiters[limiters.length - 1];
		const outlastsKey = ms > key.limit.windowMs && specific.limit.windowMs > key.limit.windowMs;
		const isSpecific = specific !== key && (specific.isFull || outlastsKey);
		const until = this.limiters.clock.now() + ms;
		// The key's limit is shared with other clients, so adapt to it. Specific limits rarely are, and
		// an hour is too long to adapt in.
		const begins = isSpecific ? specific.pause(until) : key.reject(until, ms >= MAX_RETRY_AFTER_MS);
		return begins ? (isSpecific ? specific : key).limit.name : undefined;
	}

	private specificLimiter({ limit, countedBy }: SpecificLimit): SlidingWindow {
		return this.limiters.get(`${this.keyHash} ${countedBy}`, limit);
	}
}
