import { sleep } from 'n8n-workflow';

import { Cancellation } from './cancellation';

export interface Clock {
	/** Milliseconds since some moment. They only grow, also when the system's clock is set back. */
	now(): number;
	/** Unix milliseconds, for what is shown to people or compared with dates of Clerk. */
	date(): number;
	/** Waits for `ms`. @throws CancelledError when `signal` fires */
	wait(ms: number, signal?: AbortSignal): Promise<void>;
	/** As `wait`, for the time that something under way may take. */
	timeout(ms: number, signal?: AbortSignal): Promise<void>;
}

/**
 * `sleep` of n8n 1 and 2.8 takes no abort signal (docs/n8n-notes.md, 35), so a stopped wait leaves a
 * timer behind, of at most this length.
 */
const SLICE_MS = 1_000;

async function wait(ms: number, signal?: AbortSignal): Promise<void> {
	const cancellation = new Cancellation(signal);
	const until = performance.now() + ms;
	do {
		const remainingMs = Math.max(0, until - performance.now());
		await cancellation.race(sleep(Math.min(remainingMs, SLICE_MS)));
	} while (performance.now() < until);
}

/** The real time. */
export const realClock: Clock = {
	now: () => performance.now(),
	date: () => Date.now(),
	wait,
	timeout: wait,
};

/** Returns the Unix milliseconds of a moment of `clock.now()`, as the system's clock has them at present. */
export const toDate = (clock: Clock, at: number): number =>
	Math.round(clock.date() + at - clock.now());

/** The last moment that a date can have (https://tc39.es/ecma262/#sec-time-values-and-time-range). */
const MAX_DATE = 8.64e15;

/** Returns Unix milliseconds as ISO text; never throws. */
export const toIsoTime = (at: number): string =>
	new Date(Math.min(MAX_DATE, Math.max(-MAX_DATE, at || 0))).toISOString();
