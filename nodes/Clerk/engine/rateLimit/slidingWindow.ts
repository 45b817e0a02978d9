import { Cancellation, CancelledError } from './cancellation';
import { toDate } from './clock';
import type { Clock } from './clock';
import { LearnedMax } from './learnedMax';
import type { Limit } from './limit';
import { RateLimitWaitError } from './rateLimitWaitError';

/** A wait that ends early leaves its timer behind, of at most this length. */
const SLICE_MS = 1_000;

/**
 * The least time to wait while all slots are in flight, whatever `maxWaitMs` is: most responses come
 * much sooner.
 */
const MIN_IN_FLIGHT_WAIT_MS = 10_000;

/**
 * A limiter that allows `maxRequests` in any stretch of `windowMs`, first come, first served.
 *
 * Clerk counts a request when it arrives, at some moment between sending and response; so a slot is
 * free again `windowMs` after the *response*. (Counting from the sending, 17 of 2,000 were rejected.)
 *
 * Other clients may use the same limit: how much they leave is learned (learnedMax.ts).
 */
export class SlidingWindow {
	private inFlight = 0;

	private waiting = 0;

	/** When the slot of each completed request becomes free, ascending; by the clock, as all times here. */
	private readonly releases: number[] = [];

	/** The same for rejected requests. */
	private readonly rejections: number[] = [];

	private pausedUntil = 0;

	private readonly learnedMax: LearnedMax;

	/** Requests that will need it, such as one that waits for another limiter first. */
	private holders = 0;

	/** When a slot was taken or given back last. */
	private changedAt = 0;

	/** Requests take their slots one after another, in the order of their calls. */
	private queue: Promise<unknown> = Promise.resolve();

	private wake: () => void = () => {};

	constructor(
		public limit: Limit,
		private readonly clock: Clock,
	) {
		this.learnedMax = new LearnedMax(clock);
	}

	/** Keeps the limiter from being idle. @returns a function that ends that */
	hold(): () => void {
		this.holders++;
		return () => this.holders--;
	}

	/** Waits for a slot and takes it. @throws RateLimitWaitError, CancelledError */
	async acquire(maxWaitMs: number, signal?: AbortSignal): Promise<void> {
		const since = this.clock.now();
		// Fail at once, not when its turn comes, if the pause is longer than maxWaitMs.
		const pausedFor = this.pausedUntil - since;
		if (pausedFor > maxWaitMs) throw this.toWaitError(this.pausedUntil);

		const cancellation = new Cancellation(signal);
		this.waiting++;
		const turn = this.queue
			.then(
				async () =>
					await (cancellation.isCancelled ? undefined : this.takeSlot(since, maxWaitMs, signal)),
			)
			.finally(() => this.waiting--);
		this.queue = turn.catch(() => {});
		await cancellation.race(turn);
	}

	/** Frees a slot one window from now: its response has come, or none will. */
	release(): void {
		this.change(-1);
		this.releases.push(this.clock.now() + this.limit.windowMs);
		// As if it was accepted (`onRejected` recalculates it for a 429).
		if (this.isPaused) this.learnedMax.addOne();
		this.wake();
	}

	/** Frees a slot at once: its request was never sent. */
	cancel(): void {
		this.change(-1);
		this.wake();
	}

	/** Allows no request before `until`. @returns whether that begins a pause */
	pause(until: number): boolean {
		const isNewPause = !this.isPaused;
		this.pausedUntil = Math.max(this.pausedUntil, until);
		return isNewPause;
	}

	/**
	 * As `pause`, after a 429 to the request released last; learns from it how much others leave.
	 *
	 * @param isCapped - whether Clerk asked for a longer pause: a single request goes after this one
	 */
	onRejected(until: number, isCapped = false): boolean {
		// With others in flight and no pause, this one may have been rejected for another reason.
		const isSingle = !this.isPaused && this.inFlight > 0;
		const isNewPause = this.pause(until);
		this.dropExpired();
		this.rejections.push(this.clock.now() + this.limit.windowMs);
		if (isSingle && !isCapped) return isNewPause;
		const accepted = isCapped ? undefined : this.releases.length - this.rejections.length;
		this.learnedMax.learn(this.limit, accepted, this.pausedUntil);
		return isNewPause;
	}

	/**
	 * Returns how many requests could take a slot before one has to wait longer than `maxWaitMs`, and
	 * from when the one after them could (Unix milliseconds); use by others is not known.
	 */
	remaining(maxWaitMs: number): { requests: number; until: number } {
		this.dropExpired();
		const now = this.clock.now();
		let freeFrom = Math.max(now, this.pausedUntil);
		if (freeFrom - now > maxWaitMs) return { requests: 0, until: toDate(this.clock, freeFrom) };
		const { windowMs } = this.limit;
		if (maxWaitMs >= windowMs) {
			return { requests: Infinity, until: toDate(this.clock, freeFrom + windowMs) };
		}
		// Negative while requests are waiting, or after the maximum has shrunk.
		let free = Math.ceil(this.effectiveMax) - this.used - this.waiting;
		for (const release of this.releases) {
			if (release - freeFrom > maxWaitMs) break;
			freeFrom = Math.max(freeFrom, release);
			free++;
		}
		const requests = Math.max(0, free);
		return { requests, until: toDate(this.clock, now + this.waitOf(requests + 1)) };
	}

	/** Returns how long the last of `requests` would wait, in milliseconds; use by others is not known. */
	waitOf(requests: number): number {
		this.dropExpired();
		const now = this.clock.now();
		const start = Math.max(now, this.pausedUntil);
		const maxRequests = Math.ceil(this.effectiveMax);
		// In use beyond a shrunken maximum: no request takes these slots when they are free.
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
			this.used + this.waiting + this.holders === 0 &&
			!this.isPaused &&
			this.effectiveMax === this.limit.maxRequests
		);
	}

	private get isPaused(): boolean {
		return this.pausedUntil > this.clock.now();
	}

	private get effectiveMax(): number {
		return this.learnedMax.of(this.limit);
	}

	private get used(): number {
		return this.inFlight + this.releases.length;
	}

	private toWaitError(until: number): RateLimitWaitError {
		return new RateLimitWaitError(this.limit, toDate(this.clock, until));
	}

	private dropExpired(): void {
		const now = this.clock.now();
		for (const times of [this.releases, this.rejections]) {
			while (times.length > 0 && times[0] <= now) times.shift();
		}
	}

	private change(by: 1 | -1): void {
		this.inFlight += by;
		this.changedAt = this.clock.now();
	}

	/** @param since - when the request began to wait */
	private async takeSlot(since: number, maxWaitMs: number, signal?: AbortSignal): Promise<void> {
		for (;;) {
			if (signal?.aborted) throw new CancelledError();
			const now = this.clock.now();
			const opensAt = this.opensAt();
			if (opensAt <= now) break;
			if (opensAt === Infinity) {
				const waitedMs = now - Math.max(since, this.changedAt);
				if (waitedMs >= Math.max(maxWaitMs, MIN_IN_FLIGHT_WAIT_MS)) {
					throw this.toWaitError(now + this.limit.windowMs);
				}
			} else if (opensAt - now > maxWaitMs) throw this.toWaitError(opensAt);
			await this.waitForChange(opensAt - now, signal);
		}
		this.change(1);
	}

	/** Infinity while all slots are in flight. */
	private opensAt(): number {
		this.dropExpired();
		if (!this.isFull) return this.pausedUntil;
		const slotAt = this.releases[0] ?? Infinity;
		return Math.max(this.pausedUntil, Math.min(slotAt, this.learnedMax.growsAt));
	}

	private async waitForChange(ms: number, signal?: AbortSignal): Promise<void> {
		const changed = new Promise<void>((resolve) => {
			this.wake = resolve;
		});
		await Promise.race([changed, this.clock.wait(Math.min(ms, SLICE_MS), signal)]);
	}
}
