import type { Clock } from './cancellation';
import { SlidingWindow } from './slidingWindow';
import type { Limit } from './slidingWindow';

/** Below this many windows, looking for idle ones is not worth it. */
const SMALLEST_SWEEP = 256;

/** The windows that executions share, by what they count. */
export class RateLimiters {
	private readonly byName = new Map<string, SlidingWindow>();

	private readonly pinned = new Set<SlidingWindow>();

	private sweepAt = SMALLEST_SWEEP;

	constructor(readonly clock: Clock) {}

	/** The window called `name`; its limit is the one named last, as when a credential was edited. */
	get(name: string, limit: Limit): SlidingWindow {
		let window = this.byName.get(name);
		if (!window) {
			this.dropIdle();
			window = new SlidingWindow(limit, this.clock);
			this.byName.set(name, window);
		}
		window.limit = limit;
		return window;
	}

	/** As `open`, for one that may be held while it counts nothing, as by who waits for a narrower one first. */
	getPinned(name: string, limit: Limit): SlidingWindow {
		const window = this.get(name, limit);
		this.pinned.add(window);
		return window;
	}

	/** One window a user adds up over 100,000 users; only those that still count are kept. */
	private dropIdle(): void {
		if (this.byName.size < this.sweepAt) return;
		for (const [name, window] of this.byName) {
			if (window.isIdle && !this.pinned.has(window)) this.byName.delete(name);
		}
		this.sweepAt = Math.max(SMALLEST_SWEEP, this.byName.size * 2);
	}
}
