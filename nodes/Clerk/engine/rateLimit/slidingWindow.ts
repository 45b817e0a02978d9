import { Cancellation, CancelledError } from './cancellation';
import type { Clock } from './clock';
import type { Limit } from './limit';

/**
 * A limiter that allows `maxRequests` in any stretch of `windowMs`.
 *
 * Clerk counts a request when it arrives, at some moment between sending and response; so a slot is
 * free again `windowMs` after the *response*. (Counting from the sending, 17 of 2,000 were rejected.)
 *
 * Other clients may use the same limit. How much they leave is learned from a 429: as many requests
 * as were accepted in the last window. That number is the maximum from then on, and grows slowly, to
 * notice when the others are gone.
 */

/** The limit would keep a request waiting longer than its `maxWaitMs`. */
export class RateLimitWaitError extends Error {
	/** @param until - Unix milliseconds from which the limit allows requests again */
	constructor(
		readonly limit: Limit,
		readonly until: number,
	) {
		super(`${limit.name} is used up until ${new Date(until).toISOString()}`);
	}
}

/** A wait that ends early leaves its timer behind, of at most this length. */
const SLICE_MS = 1_000;

/** Share of `maxRequests` that is sent even where others leave nothing, to notice when they are gone. */
const MIN_SHARE = 0.1;

/** Share of `maxRequests` by which the learned maximum grows first; each increase doubles the next. */
const FIRST_INCREASE = 0.02;

/** Windows between a 429 and the first increase. */
const WINDOWS_BEFORE_INCREASE = 2;

/** Limits requests to those that one of Clerk's limits allows, first come, first served. */
export class SlidingWindow {
	private inFlight = 0;

	private waiting = 0;

	/** When the slot of each completed request becomes free: Unix milliseconds, ascending. */
	private readonly releases: number[] = [];

	/** The same of those that were rejected. */
	private readonly rejections: number[] = [];

	private pausedUntil = 0;

	/** How many requests others leave of the limit; Infinity while there are no others. */
	private learnedMax = Infinity;

	private increase = 0;

	/** Unix milliseconds. */
	private increaseAt = 0;

	/** Requests take their slots one after another, in the order of their calls. */
	private queue: Promise<unknown> = Promise.resolve();

	private wake: () => void = () => {};

	constructor(
		public limit: Limit,
		private readonly clock: Clock,
	) {}

	/** Waits for a slot and takes it. @throws RateLimitWaitError, CancelledError */
	async acquire(maxWaitMs: number, signal?: AbortSignal): Promise<void> {
		// Fail at once, not when its turn comes, if the pause is longer than maxWaitMs.
		const pausedFor = this.pausedUntil - this.clock.now();
		if (pausedFor > maxWaitMs) throw new RateLimitWaitError(this.limit, this.pausedUntil);

		const cancellation = new Cancellation(signal);
		this.waiting++;
		const turn = this.queue
			.then(
				async () => await (cancellation.isCancelled ? undefined : this.takeSlot(maxWaitMs, signal)),
			)
			.finally(() => this.waiting--);
		this.queue = turn.catch(() => {});
		await cancellation.race(turn);
	}

	/** Frees a slot one window from now: its response has come, or none will. */
	release(): void {
		this.inFlight--;
		this.releases.push(this.clock.now() + this.limit.windowMs);
		// Sent before the pause and accepted, so the limit allows one more than learned.
		if (this.isPaused) this.learnedMax++;
		this.wake();
	}

	/** Frees a slot at once: its request was never sent. */
	cancel(): void {
		this.inFlight--;
		this.wake();
	}

	/** Allows no request before `until` (Unix milliseconds). @returns whether that begins a pause */
	pause(until: number): boolean {
		const begins = !this.isPaused;
		this.pausedUntil = Math.max(this.pausedUntil, until);
		return begins;
	}

	/** As `pause`, after a 429 to the request released last; learns from it how much others leave. */
	reject(until: number): boolean {
		// With others in flight and no pause, this one may have been rejected for another reason.
		const isSingle = !this.isPaused && this.inFlight > 0;
		const begins = this.pause(until);
		this.dropExpired();
		this.rejections.push(this.clock.now() + this.limit.windowMs);
		if (isSingle) return begins;
		const { maxRequests, windowMs } = this.limit;
		const accepted = this.releases.length - this.rejections.length;
		this.learnedMax = Math.max(1, maxRequests * MIN_SHARE, accepted);
		this.increase = Math.max(1, maxRequests * FIRST_INCREASE);
		this.increaseAt = this.pausedUntil + WINDOWS_BEFORE_INCREASE * windowMs;
		return begins;
	}

	/**
	 * Returns how many requests could take a slot before one has to wait longer than `maxWaitMs`, and
	 * from when the one after them could (Unix milliseconds); use by others is not known.
	 */
	remaining(maxWaitMs: number): { requests: number; until: number } {
		this.dropExpired();
		const now = this.clock.now();
		let at = Math.max(now, this.pausedUntil);
		if (at - now > maxWaitMs) return { requests: 0, until: at };
		const { windowMs } = this.limit;
		if (maxWaitMs >= windowMs) return { requests: Infinity, until: at + windowMs };
		// Negative while requests are waiting, or after the maximum has shrunk.
		let free = Math.ceil(this.effectiveMax) - this.used - this.waiting;
		for (const release of this.releases) {
			if (release - at > maxWaitMs) break;
			at = Math.max(at, release);
			free++;
		}
		const requests = Math.max(0, free);
		return { requests, until: now + this.waitOf(requests + 1) };
	}

	/** Returns how long the last of `requests` would wait, in milliseconds; use by others is not known. */
	waitOf(requests: number): number {
		this.dropExpired();
		const now = this.clock.now();
		const start = Math.max(now, this.pausedUntil);
		const maxRequests = Math.ceil(this.effectiveMax);
		// Used beyond a maximum that has shrunk: these releases make room for no request.
		const excess = Math.max(0, this.used - maxRequests);
		const releasesNeeded = this.used - excess + this.waiting + requests - maxRequests;
		if (releasesNeeded <= 0) return start - now;
		const windows = Math.floor((releasesNeeded - 1) / maxRequests);
		const freeAt =
			this.releases[excess + ((releasesNeeded - 1) % maxRequests)] ?? start + this.limit.windowMs;
		return Math.max(start, freeAt) + windows * this.limit.windowMs - now;
	}

	get isFull(): boolean {
		this.dropExpired();
		return this.used >= this.effectiveMax;
	}

	get isIdle(): boolean {
		this.dropExpired();
		return (
			this.used + this.waiting === 0 &&
			!this.isPaused &&
			this.effectiveMax === this.limit.maxRequests
		);
	}

	private get isPaused(): boolean {
		return this.pausedUntil > this.clock.now();
	}

	private get effectiveMax(): number {
		while (this.learnedMax < this.limit.maxRequests && this.increaseAt <= this.clock.now()) {
			this.learnedMax += this.increase;
			this.increase *= 2;
			this.increaseAt += this.limit.windowMs;
		}
		if (this.learnedMax >= this.limit.maxRequests) this.learnedMax = Infinity;
		return Math.min(this.limit.maxRequests, this.learnedMax);
	}

	private get used(): number {
		return this.inFlight + this.releases.length;
	}

	private dropExpired(): void {
		const now = this.clock.now();
		for (const times of [this.releases, this.rejections]) {
			while (times.length > 0 && times[0] <= now) times.shift();
		}
	}

	private async takeSlot(maxWaitMs: number, signal?: AbortSignal): Promise<void> {
		for (;;) {
			if (signal?.aborted) throw new CancelledError();
			const now = this.clock.now();
			const opensAt = this.opensAt();
			if (opensAt <= now) break;
			if (opensAt - now > maxWaitMs && opensAt !== Infinity) {
				throw new RateLimitWaitError(this.limit, opensAt);
			}
			await this.waitForChange(opensAt - now, signal);
		}
		this.inFlight++;
	}

	/** Unix milliseconds; Infinity while all slots are in flight. */
	private opensAt(): number {
		this.dropExpired();
		if (!this.isFull) return this.pausedUntil;
		const slotAt = this.releases[0] ?? Infinity;
		return Math.max(
			this.pausedUntil,
			this.learnedMax < Infinity ? Math.min(slotAt, this.increaseAt) : slotAt,
		);
	}

	private async waitForChange(ms: number, signal?: AbortSignal): Promise<void> {
		const changed = new Promise<void>((resolve) => {
			this.wake = resolve;
		});
		await Promise.race([changed, this.clock.wait(Math.min(ms, SLICE_MS), signal)]);
	}
}
