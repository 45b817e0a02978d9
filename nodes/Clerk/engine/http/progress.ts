import type { Logger } from 'n8n-workflow';

/** What a run has sent and waited for: said in the log while it goes on, and in a hint at its end. */

/** Milliseconds between two lines of the log. */
const LOG_EVERY_MS = 30_000;

/** Milliseconds of waiting, or of running at all, that nobody needs to be told of. */
const SHORT_WAIT = 1_000;
const SHORT_RUN = 60_000;

/** Of one run. */
export class Progress {
	retries = 0;

	private requests = 0;

	private readonly startedAt: number;

	private loggedAt: number;

	private waiting = 0;

	private waitingSince = 0;

	private waitedBefore = 0;

	/** @param now - Unix milliseconds */
	constructor(
		private readonly logger: Pick<Logger, 'debug' | 'info'>,
		private readonly now: () => number,
	) {
		this.startedAt = now();
		this.loggedAt = this.startedAt;
	}

	sent(): void {
		this.requests++;
		if (this.now() - this.loggedAt < LOG_EVERY_MS) return;
		this.loggedAt = this.now();
		this.logger.info(`Clerk, still running: ${this.summary}`);
	}

	/** A request asks the rate limit for its turn. */
	startWaiting(): void {
		if (this.waiting++ === 0) this.waitingSince = this.now();
	}

	/** It has its turn, or gave up. */
	stopWaiting(): void {
		if (--this.waiting === 0) this.waitedBefore += this.now() - this.waitingSince;
	}

	/** Clerk said 429: nothing goes out under `limit` for `ms`. */
	paused(limit: string, ms: number): void {
		this.logger.info(
			`Clerk's limit of ${limit} is used up, by others as well: nothing is sent under it for ${seconds(ms)}`,
		);
	}

	/** @returns what a person should know of it, undefined where nothing stood in the way of a short run */
	end(): string | undefined {
		this.logger.debug(`Clerk, done: ${this.summary}`);
		const wentSmoothly = this.retries === 0 && this.waitedMs < SHORT_WAIT;
		return wentSmoothly && this.now() - this.startedAt < SHORT_RUN ? undefined : this.summary;
	}

	/** However many waited at the same time. */
	private get waitedMs(): number {
		return this.waitedBefore + (this.waiting > 0 ? this.now() - this.waitingSince : 0);
	}

	private get summary(): string {
		const requests = `${this.requests} ${this.requests === 1 ? 'request' : 'requests'}`;
		return (
			`${requests} in ${seconds(this.now() - this.startedAt)}, ${this.retries} of them repeated, ` +
			`${seconds(this.waitedMs)} spent waiting for the rate limit.`
		);
	}
}

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;
