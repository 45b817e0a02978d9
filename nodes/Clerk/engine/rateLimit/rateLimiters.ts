import type { Clock } from './clock';
import type { Limit } from './limit';
import { SlidingWindow } from './slidingWindow';

/** Below this many limiters nothing is swept. */
const MIN_SWEEP_SIZE = 256;

/** The limiters that all executions of the process share, by name. */
export class RateLimiters {
	private readonly byName = new Map<string, SlidingWindow>();

	private sweepAt = MIN_SWEEP_SIZE;

	constructor(readonly clock: Clock) {}

	/** Returns the limiter called `name`, and sets its limit, which changes when a credential is edited. */
	get(name: string, limit: Limit): SlidingWindow {
		let limiter = this.byName.get(name);
		if (!limiter) {
			this.dropIdle();
			limiter = new SlidingWindow(limit, this.clock);
			this.byName.set(name, limiter);
		}
		limiter.limit = limit;
		return limiter;
	}

	/** With a limiter for each user and each key, 100,000 add up, so idle ones are dropped. */
	private dropIdle(): void {
		if (this.byName.size < this.sweepAt) return;
		for (const [name, limiter] of this.byName) {
			if (limiter.isIdle) this.byName.delete(name);
		}
		this.sweepAt = Math.max(MIN_SWEEP_SIZE, this.byName.size * 2);
	}
}
