import type { ApiRequest } from '../operation';
import { isMissing } from './outcome';
import type { Outcome } from './outcome';

/** What is sent again, when, and how often: all of it stands here. */

export interface RetryPolicy {
	maxRetries: number;
	/** How many 429s one request takes before it gives up. */
	maxRejections: number;
	/** Milliseconds from the first fault after which nothing is repeated. */
	maxElapsedMs: number;
	/** Milliseconds before repetition `count` (from 0). */
	delayMs(count: number): number;
}

/** Exponential back-off from half a second to eight, each with jitter, so that callers spread out. */
export const standardRetries = (maxRetries: number): RetryPolicy => ({
	maxRetries,
	maxRejections: 20,
	maxElapsedMs: 120_000,
	delayMs: (count) => Math.min(8_000, 500 * 2 ** count) * (0.5 + Math.random() / 2),
});

/** What matters of a request here. */
type Repeated = Pick<ApiRequest, 'method' | 'isRepeatable' | 'check'>;

/** Whether a request with this outcome may be sent again; a 429 always may and is not asked about here. */
function mayRepeat({ method, isRepeatable, check }: Repeated, outcome: Outcome): boolean {
	// It was never sent, so it cannot be done twice.
	if (outcome.kind === 'unreached') return true;
	// The API has no idempotency keys: a POST that may have been carried out must not be repeated.
	if (method === 'POST' && !isRepeatable && !check) return false;
	// GET reads, PUT and DELETE set, and Clerk's PATCH sets or deep-merges: twice is the same as once.
	if (outcome.kind === 'lost' || outcome.kind === 'unreadable') return true;
	return outcome.status >= 500;
}

/** A DELETE with one of these may have been carried out all the same. */
const mayHaveDeleted = (outcome: Outcome): boolean =>
	outcome.kind === 'lost' ||
	outcome.kind === 'unreadable' ||
	(outcome.kind === 'answered' && (outcome.status === 502 || outcome.status === 504));

/** What follows from an outcome: leave the limit alone for so long, or send again after so long. */
export type Next = { pauseMs: number } | { waitMs: number };

/** One request on its way through however many tries it takes. */
export class Tries {
	private repetitions = 0;

	private rejections = 0;

	private troubledSince: number | undefined;

	private mayBeGone = false;

	private doubt: Outcome | undefined;

	constructor(
		private readonly request: Repeated,
		private readonly policy: RetryPolicy,
	) {}

	/** Whether nothing is there because an earlier try took it away, although no answer said so. */
	wasCarriedOut(outcome: Outcome): boolean {
		return this.request.method === 'DELETE' && this.mayBeGone && isMissing(outcome);
	}

	/** What is said of a try that may have been carried out, although a later one certainly was not. */
	get inDoubt(): Outcome | undefined {
		return this.request.method === 'GET' ? undefined : this.doubt;
	}

	/** @returns undefined when it is not sent again */
	after(outcome: Outcome, now: number): Next | undefined {
		const asked = outcome.kind === 'answered' ? (outcome.retryAfterMs ?? 0) : 0;
		if (outcome.kind === 'answered' && outcome.status === 429) {
			// Waiting for a limit is no trouble, and does not use up the patience for it.
			this.troubledSince = undefined;
			if (this.rejections >= this.policy.maxRejections) return undefined;
			const pauseMs = asked || this.policy.delayMs(this.rejections);
			this.rejections++;
			return { pauseMs };
		}
		if (outcome.kind !== 'unreached') this.doubt = outcome;
		if (!mayRepeat(this.request, outcome)) return undefined;
		if (this.repetitions >= this.policy.maxRetries) return undefined;

		const waitMs = Math.max(this.policy.delayMs(this.repetitions), asked);
		this.troubledSince ??= now;
		if (now - this.troubledSince + waitMs > this.policy.maxElapsedMs) return undefined;
		this.repetitions++;
		this.mayBeGone ||= mayHaveDeleted(outcome);
		return { waitMs };
	}
}
