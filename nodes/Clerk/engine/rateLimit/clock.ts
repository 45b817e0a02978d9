import { sleep } from 'n8n-workflow';

import { Cancellation } from './cancellation';
import type { Clock } from './cancellation';

/** n8n's `sleep` cannot be stopped: a stopped wait leaves it behind, and no longer one than this. */
const SLICE_MS = 1_000;

/** The real time. */
export const realClock: Clock = {
	now: () => Date.now(),
	async wait(ms, signal) {
		const line = new Cancellation(signal);
		const until = Date.now() + ms;
		do {
			const left = Math.max(0, until - Date.now());
			await line.race(sleep(Math.min(left, SLICE_MS)));
		} while (Date.now() < until);
	},
};
