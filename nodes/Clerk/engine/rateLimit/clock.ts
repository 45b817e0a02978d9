import { sleep } from 'n8n-workflow';

import { Cancellation } from './cancellation';

export interface Clock {
	/** Unix milliseconds. */
	now(): number;
	/** Waits for `ms`. @throws CancelledError when `signal` fires */
	wait(ms: number, signal?: AbortSignal): Promise<void>;
}

/**
 * `sleep` of n8n 1 and 2.8 takes no abort signal (docs/n8n-notes.md, 35), so a stopped wait leaves a
 * timer behind, of at most this length.
 */
const SLICE_MS = 1_000;

/** The real time. */
export const realClock: Clock = {
	now: () => Date.now(),
	async wait(ms, signal) {
		const cancellation = new Cancellation(signal);
		const until = Date.now() + ms;
		do {
			const remainingMs = Math.max(0, until - Date.now());
			await cancellation.race(sleep(Math.min(remainingMs, SLICE_MS)));
		} while (Date.now() < until);
	},
};
