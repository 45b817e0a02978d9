import type { ApiRequest } from '../operation';
import { isMissing } from './outcome';
import type { Outcome } from './outcome';

/** What is sent again, when, and how often: all of it stands here. */

export interface RetryPolicy {
	maxRetries: number;
	/** How many 429s one request takes before it gives up. */
	maxRateLimitRetries: number;
	/** Milliseconds from the first fault after which nothing is repeated. */
	maxElapsedMs: number;
	/** Milliseconds before repetition `count` (from 0). */
	delayMs(count: number): number;
}

/** Exponential back-off from half a second to eight, each with jitter, so that callers spread out. */
export const defaultRetryPolicy = (maxRetries: number): RetryPolicy => ({
	maxRetries,
	maxRateLimitRetries: 20,
	maxElapsedMs: 120_000,
	delayMs: (count) => Math.min(8_000, 500 * 2 ** count) * (0.5 + Math.random() / 2),
});

/** What matters of a request here. */
type Retryable = Pick<ApiRequest, 'method' | 'isIdempotent' | 'verifyWith'>;

/** Whether a request with this outcome may be sent again; a 429 always may and is not asked about here. */
function shouldRetry({ method, isIdempotent, verifyWith }: Retryable, outcome: Outcome): boolean {
	// It was never sent, so it cannot be done twice.
	if (outcome.kind === 'notSent') return true;
	// The API has no idempotency keys: a POST that may have been carried out must not be repeated.
	if (method === 'POST' && !isIdempotent && !verifyWith) return false;
	// GET reads, PUT and DELETE set, and Clerk's PATCH sets or deep-merges: twice is the same as once.
	if (outcome.kind === 'noResponse' || outcome.kind === 'invalidResponse') return true;
	return outcome.status >= 500;
}

/** A DELETE with one of these may have been carried out all the same. */
const mayHaveDeleted = (outcome: Outcome): boolean =>
	outcome.kind === 'noResponse' ||
	outcome.kind === 'invalidResponse' ||
	(outcome.kind === 'response' && (outcome.status === 502 || outcome.status === 504));

/** What follows from an outcome: leave the limit alone for so long, or send again after so long. */
export type NextStep = { pauseMs: number } | { waitMs: number };

/** One request on its way through however many tries it takes. */
export class RetryState {
	private retries = 0;

	private rateLimitHits = 0;

	private failingSince: number | undefined;

	private mayBeDeleted = false;

	private uncertain: Outcome | undefined;

	constructor(
		private readonly request: Retryable,
		private readonly policy: RetryPolicy,
	) {}

	/** Whether nothing is there because an earlier try took it away, although no answer said so. */
	wasDeleted(outcome: Outcome): boolean {
		return this.request.method === 'DELETE' && this.mayBeDeleted && isMissing(outcome);
	}

	/** What is said of a try that may have been carried out, although a later one certainly was not. */
	get uncertainOutcome(): Outcome | undefined {
		return this.request.method === 'GET' ? undefined : this.uncertain;
	}

	/** @returns undefined when it is not sent again */
	next(outcome: Outcome, now: number): NextStep | undefined {
		const asked = outcome.kind === 'response' ? (outcome.retryAfterMs ?? 0) : 0;
		if (outcome.kind === 'response' && outcome.status === 429) {
			// Waiting for a limit is no trouble, and does not use up the patience for it.
			this.failingSince = undefined;
			if (this.rateLimitHits >= this.policy.maxRateLimitRetries) return undefined;
			const pauseMs = asked || this.policy.delayMs(this.rateLimitHits);
			this.rateLimitHits++;
			return { pauseMs };
		}
		if (outcome.kind !== 'notSent') this.uncertain = outcome;
		if (!shouldRetry(this.request, outcome)) return undefined;
		if (this.retries >= this.policy.maxRetries) return undefined;

		const waitMs = Math.max(this.policy.delayMs(this.retries), asked);
		this.failingSince ??= now;
		if (now - this.failingSince + waitMs > this.policy.maxElapsedMs) return undefined;
		this.retries++;
		this.mayBeDeleted ||= mayHaveDeleted(outcome);
		return { waitMs };
	}
}
