import type { Logger } from 'n8n-workflow';

/** Milliseconds between two lines of the log. */
const LOG_EVERY_MS = 30_000;

/** A run with less waiting and less time than this gets no hint. */
const SHORT_WAIT_MS = 1_000;
const SHORT_RUN_MS = 60_000;

/** Counts the requests, retries and waits of a run, for its log and a hint at its end. */
export class Progress {
	retries = 0;

	private requests = 0;

	private readonly startedAt: number;

	private loggedAt: number;

	private waiting = 0;

	private waitingSince = 0;

	private waitedBefore = 0;

	/** @param now - milliseconds since some moment */
	constructor(
		private readonly logger: Pick<Logger, 'debug' | 'info'>,
		private readonly now: () => number,
	) {
		this.startedAt = now();
		this.loggedAt = this.startedAt;
	}

	/** Counts a request that is sent. */
	countRequest(): void {
		this.requests++;
		if (this.now() - this.loggedAt < LOG_EVERY_MS) return;
		this.loggedAt = this.now();
		this.logger.info(`Clerk, still running: ${this.summary}`);
	}

	/** A request starts to wait for the rate limit. */
	startWaiting(): void {
		if (this.waiting++ === 0) this.waitingSince = this.now();
	}

	/** Its wait is over, with or without a slot. */
	stopWaiting(): void {
		if (--this.waiting === 0) this.waitedBefore += this.now() - this.waitingSince;
	}

	/** Logs that a 429 pauses the requests under `limit` for `ms`. */
	paused(limit: string, ms: number): void {
		this.logger.info(
			`Clerk's limit of ${limit} is used up, by others as well: requests pause for ${seconds(ms)}`,
		);
	}

	/** Logs the end. @returns a hint; undefined for a short run without retries or waits */
	end(): string | undefined {
		this.logger.debug(`Clerk, done: ${this.summary}`);
		const wentSmoothly = this.retries === 0 && this.waitedMs < SHORT_WAIT_MS;
		return wentSmoothly && this.now() - this.startedAt < SHORT_RUN_MS ? undefined : this.summary;
	}

	/** Time in which at least one request waited. */
	private get waitedMs(): number {
		return this.waitedBefore + (this.waiting > 0 ? this.now() - this.waitingSince : 0);
	}

	private get summary(): string {
		const requests = `${this.requests} ${this.requests === 1 ? 'request' : 'requests'}`;
		return (
			`${requests} in ${seconds(this.now() - this.startedAt)}, ${this.retries} of them retried, ` +
			`${seconds(this.waitedMs)} spent waiting for the rate limit.`
		);
	}
}

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;
