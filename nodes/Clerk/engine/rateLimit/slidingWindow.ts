import { Cancellation, CancelledError } from './cancellation';
import type { Clock } from './cancellation';

/**
 * When a request may leave. Pure: time comes from a clock, so that tests turn it by hand.
 *
 * A `Window` allows so many requests in any stretch of so many milliseconds. Clerk counts arrivals,
 * which lie somewhere between sending and answer; so a slot is free again one stretch after the
 * *answer*. (Counting from the sending was measured to be refused 17 times in 2,000.)
 *
 * Others may live on the same limit, unseen. What they leave is learnt from a 429: as many as came
 * through. So many go in a stretch from then on, and slowly more, to see whether the others are gone.
 */

/** Going on would take longer than the user is willing to wait. */
export class RateLimitWaitError extends Error {
	/** @param until - Unix milliseconds from which the limit lets requests through again */
	constructor(
		readonly limit: Limit,
		readonly until: number,
	) {
		super(`${limit.name} is used up until ${new Date(until).toISOString()}`);
	}
}

/** One of Clerk's rate limits. */
export interface Limit {
	/** As in "… is used up". */
	name: string;
	maxRequests: number;
	windowMs: number;
}

/** What such a limit lets through. */
export interface RemainingQuota {
	limit: Limit;
	/** What the limit counts, as `limits` says it. */
	countedBy: string;
	/** How many requests, before one would wait longer than the user is willing to; Infinity where none would. */
	requests: number;
	/** When the next one could go: Unix milliseconds. */
	until: number;
	/** How long the last of so many calls would wait for its turn, in milliseconds. */
	waitOf(calls: number): number;
}

/** Long waits go in slices, so that no timer outlives a stopped execution by more than this. */
const SLICE_MS = 1_000;

/** Of the budget: what goes even where others left nothing, so that it shows when they are gone. */
const MIN_SHARE = 0.1;

/** Of the budget: how much more goes after the first step; each one after it is twice as wide. */
const FIRST_INCREASE = 0.02;

/** Windows between a 429 and the first step. */
const WINDOWS_BEFORE_INCREASE = 2;

/** The requests that one limit counts, in their line. */
export class SlidingWindow {
	private inFlight = 0;

	private waiting = 0;

	/** When each answered request stops to count, ascending. */
	private readonly releases: number[] = [];

	/** Those of the releases whose requests were rejected. */
	private readonly rejections: number[] = [];

	private pausedUntil = 0;

	/** What others leave of the budget; Infinity while there are none. */
	private learnedMax = Infinity;

	private increase = 0;

	/** Unix milliseconds. */
	private increaseAt = 0;

	/** Requests enter one after the other, so that the first in line is the first to leave. */
	private queue: Promise<unknown> = Promise.resolve();

	private wake: () => void = () => {};

	constructor(
		public limit: Limit,
		private readonly clock: Clock,
	) {}

	/** Waits for a slot and takes it. Rejects with `RateLimitWaitError` or `CancelledError`. */
	async acquire(maxWaitMs: number, signal?: AbortSignal): Promise<void> {
		// Who would wait too long learns it at once, and not when the turn comes.
		const pausedFor = this.pausedUntil - this.clock.now();
		if (pausedFor > maxWaitMs) throw new RateLimitWaitError(this.limit, this.pausedUntil);

		const line = new Cancellation(signal);
		this.waiting++;
		const turn = this.queue
			.then(async () => await (line.isCancelled ? undefined : this.takeSlot(maxWaitMs, signal)))
			.finally(() => this.waiting--);
		this.queue = turn.catch(() => {});
		await line.race(turn);
	}

	/** The answer has come, or it is known that none will: the slot is free one window from now. */
	release(): void {
		this.inFlight--;
		this.releases.push(this.clock.now() + this.limit.windowMs);
		// It had been sent before the pause, and came through.
		if (this.isPaused) this.learnedMax++;
		this.wake();
	}

	/** The request was never sent. */
	cancel(): void {
		this.inFlight--;
		this.wake();
	}

	/** Nothing more before `until` (Unix milliseconds). @returns whether that begins a pause */
	pause(until: number): boolean {
		const begins = !this.isPaused;
		this.pausedUntil = Math.max(this.pausedUntil, until);
		return begins;
	}

	/** Clerk said 429 to the one that left last: as `pause`, and others may live on this limit, too. */
	reject(until: number): boolean {
		// One among many that come through was rejected for a reason of its own.
		const isAlone = !this.isPaused && this.inFlight > 0;
		const begins = this.pause(until);
		this.dropExpired();
		this.rejections.push(this.clock.now() + this.limit.windowMs);
		if (isAlone) return begins;
		const { maxRequests, windowMs } = this.limit;
		const cameThrough = this.releases.length - this.rejections.length;
		this.learnedMax = Math.max(1, maxRequests * MIN_SHARE, cameThrough);
		this.increase = Math.max(1, maxRequests * FIRST_INCREASE);
		this.increaseAt = this.pausedUntil + WINDOWS_BEFORE_INCREASE * windowMs;
		return begins;
	}

	/**
	 * How many could still enter before one would wait longer than that for its turn, and when the next
	 * one could (Unix milliseconds). Only as far as this process knows: others may live on the limit.
	 */
	remaining(maxWaitMs: number): { requests: number; until: number } {
		this.dropExpired();
		const now = this.clock.now();
		let at = Math.max(now, this.pausedUntil);
		if (at - now > maxWaitMs) return { requests: 0, until: at };
		const { windowMs } = this.limit;
		if (maxWaitMs >= windowMs) return { requests: Infinity, until: at + windowMs };
		// Below zero are slots that those in the line will take, or nobody.
		let left = Math.ceil(this.effectiveMax) - this.used - this.waiting;
		for (const release of this.releases) {
			if (release - at > maxWaitMs) break;
			at = Math.max(at, release);
			left++;
		}
		const requests = Math.max(0, left);
		return { requests, until: now + this.waitOf(requests + 1) };
	}

	/** How long the last of so many would wait for its turn, in milliseconds; as far as `room` knows. */
	waitOf(requests: number): number {
		this.dropExpired();
		const now = this.clock.now();
		const start = Math.max(now, this.pausedUntil);
		const maxRequests = Math.ceil(this.effectiveMax);
		// Beyond a budget that has shrunk: slots that get free for nobody.
		const over = Math.max(0, this.used - maxRequests);
		const behind = this.used - over + this.waiting + requests - maxRequests;
		if (behind <= 0) return start - now;
		const windows = Math.floor((behind - 1) / maxRequests);
		const freeAt =
			this.releases[over + ((behind - 1) % maxRequests)] ?? start + this.limit.windowMs;
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
		for (const past of [this.releases, this.rejections]) {
			while (past.length > 0 && past[0] <= now) past.shift();
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
			await this.waitFor(opensAt - now, signal);
		}
		this.inFlight++;
	}

	/** Unix milliseconds; Infinity while the whole budget is in flight and no answer has come. */
	private opensAt(): number {
		this.dropExpired();
		if (!this.isFull) return this.pausedUntil;
		const slotAt = this.releases[0] ?? Infinity;
		return Math.max(
			this.pausedUntil,
			this.learnedMax < Infinity ? Math.min(slotAt, this.increaseAt) : slotAt,
		);
	}

	private async waitFor(ms: number, signal?: AbortSignal): Promise<void> {
		const changed = new Promise<void>((resolve) => {
			this.wake = resolve;
		});
		await Promise.race([changed, this.clock.wait(Math.min(ms, SLICE_MS), signal)]);
	}
}
