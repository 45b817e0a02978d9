import type { ApiRequest } from '../operation';
import { isNotFoundOutcome } from './outcome';
import type { Outcome } from './outcome';

/** When a request is sent again, and how often. */

export interface RetryPolicy {
	maxRetries: number;
	/** How many times one request is sent again after a 429. */
	maxRateLimitRetries: number;
	/** Milliseconds from the first failed attempt after which the request is not retried. */
	maxElapsedMs: number;
	/** Milliseconds before retry `count` (from 0). */
	delayMs(count: number): number;
}

/** Exponential back-off from half a second to eight, with jitter so that clients spread out. */
export const defaultRetryPolicy = (maxRetries: number): RetryPolicy => ({
	maxRetries,
	maxRateLimitRetries: 20,
	maxElapsedMs: 120_000,
	delayMs: (count) => Math.min(8_000, 500 * 2 ** count) * (0.5 + Math.random() / 2),
});

type Retryable = Pick<ApiRequest, 'method' | 'isIdempotent' | 'verifyWith'>;

/** Whether a request with this outcome may be sent again. `next` deals with a 429 before it asks this. */
function shouldRetry({ method, isIdempotent, verifyWith }: Retryable, outcome: Outcome): boolean {
	// Never sent, so sending it cannot repeat it.
	if (outcome.kind === 'notSent') return true;
	// A POST that may have succeeded must not be repeated: Clerk's API document has idempotency keys
	// for billing credits only (https://clerk.com/docs/reference/backend-api).
	if (method === 'POST' && !isIdempotent && !verifyWith) return false;
	// GET reads; PUT and DELETE set; Clerk's PATCH sets or deep-merges, so sending it twice has the
	// effect of once (https://clerk.com/docs/reference/backend/user/update-user-metadata).
	if (outcome.kind === 'noResponse' || outcome.kind === 'invalidResponse') return true;
	return outcome.status >= 500;
}

/** Whether a DELETE with this outcome may have succeeded. A gateway's 502 or 504 can hide Clerk's response. */
const mayHaveDeleted = (outcome: Outcome): boolean =>
	outcome.kind === 'noResponse' ||
	outcome.kind === 'invalidResponse' ||
	(outcome.kind === 'response' && (outcome.status === 502 || outcome.status === 504));

/** Pause the limiter and send again (429), or send again after `waitMs`. */
export type NextStep = { pauseMs: number } | { waitMs: number };

/** The attempts of one request so far, and what follows from the last one. */
export class RetryState {
	private retries = 0;

	private rateLimitHits = 0;

	private failingSince: number | undefined;

	private mayBeDeleted = false;

	private mayHaveSucceeded: Outcome | undefined;

	constructor(
		private readonly request: Retryable,
		private readonly policy: RetryPolicy,
	) {}

	/** Whether a DELETE finds nothing because an earlier attempt, whose response was lost, deleted it. */
	wasDeleted(outcome: Outcome): boolean {
		return this.request.method === 'DELETE' && this.mayBeDeleted && isNotFoundOutcome(outcome);
	}

	/** The last attempt that may have succeeded; reported instead of a later "not sent". */
	get uncertainOutcome(): Outcome | undefined {
		return this.request.method === 'GET' ? undefined : this.mayHaveSucceeded;
	}

	/**
	 * Decides what follows from an outcome.
	 *
	 * @param now - milliseconds by the clock (`Clock.now`)
	 * @returns undefined when the request is not sent again
	 */
	next(outcome: Outcome, now: number): NextStep | undefined {
		const retryAfterMs = outcome.kind === 'response' ? (outcome.retryAfterMs ?? 0) : 0;
		if (outcome.kind === 'response' && outcome.status === 429) {
			// A limit is used up: https://clerk.com/docs/guides/how-clerk-works/system-limits
			// Time spent waiting for it does not count towards maxElapsedMs.
			this.failingSince = undefined;
			if (this.rateLimitHits >= this.policy.maxRateLimitRetries) return undefined;
			const pauseMs = retryAfterMs || this.policy.delayMs(this.rateLimitHits);
			this.rateLimitHits++;
			return { pauseMs };
		}
		if (outcome.kind !== 'notSent') this.mayHaveSucceeded = outcome;
		if (!shouldRetry(this.request, outcome)) return undefined;
		if (this.retries >= this.policy.maxRetries) return undefined;

		const waitMs = Math.max(this.policy.delayMs(this.retries), retryAfterMs);
		this.failingSince ??= now;
		if (now - this.failingSince + waitMs > this.policy.maxElapsedMs) return undefined;
		this.retries++;
		this.mayBeDeleted ||= mayHaveDeleted(outcome);
		return { waitMs };
	}
}
