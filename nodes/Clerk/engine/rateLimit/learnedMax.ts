import type { Clock } from './clock';
import type { Limit } from './limit';

/** Share of `maxRequests` that is sent even where others leave nothing, to notice when they are gone. */
const MIN_SHARE = 0.1;

/** Share of `maxRequests` by which the learned maximum grows first; each increase doubles the next. */
const FIRST_INCREASE = 0.02;

/** Windows between a 429 and the first increase. */
const WINDOWS_BEFORE_INCREASE = 2;

/**
 * How many requests others leave of a limit, learned from a 429: as many as were accepted in the last
 * window. That number is the maximum from then on, and grows slowly, to notice when the others are gone.
 */
export class LearnedMax {
	/** Infinity while there are no others. */
	private max = Infinity;

	private increase = 0;

	private increaseAt = 0;

	/** After a pause that was capped: whether the limit allows requests again is not known. */
	private isProbe = false;

	constructor(private readonly clock: Clock) {}

	/** When more requests are allowed; Infinity while all of the limit is. */
	get growsAt(): number {
		return this.max < Infinity ? this.increaseAt : Infinity;
	}

	/** Returns how many requests a window may have at present. */
	of(limit: Limit): number {
		while (this.max < limit.maxRequests && this.increaseAt <= this.clock.now()) {
			this.max += this.increase;
			this.increase *= 2;
			this.increaseAt += limit.windowMs;
			this.isProbe = false;
		}
		if (this.max >= limit.maxRequests) this.max = Infinity;
		return Math.min(limit.maxRequests, this.max);
	}

	/**
	 * Learns from a 429.
	 *
	 * @param accepted - requests in the last window that were not rejected; undefined allows a single
	 * one, which probes the limit
	 * @param from - when the pause ends
	 */
	learn({ maxRequests, windowMs }: Limit, accepted: number | undefined, from: number): void {
		this.isProbe = accepted === undefined;
		this.max = accepted === undefined ? 1 : Math.max(1, maxRequests * MIN_SHARE, accepted);
		this.increase = Math.max(1, maxRequests * FIRST_INCREASE);
		this.increaseAt = from + WINDOWS_BEFORE_INCREASE * windowMs;
	}

	/** A request that was sent before the pause was accepted, so the limit allows one more than learned. */
	addOne(): void {
		if (!this.isProbe) this.max++;
	}
}
