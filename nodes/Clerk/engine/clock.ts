import { sleep } from 'n8n-workflow';

import { Cancelled } from './waiting';
import type { Clock } from './waiting';

/** n8n's `sleep` cannot be stopped: a stopped wait leaves it behind, and no longer one than this. */
const SLICE_MS = 1_000;

/** The real time. */
export const realClock: Clock = {
	now: () => Date.now(),
	async wait(ms, signal) {
		if (signal?.aborted) throw new Cancelled();
		let stop: () => void = () => {};
		const stopped = new Promise<never>((_, reject) => {
			stop = () => reject(new Cancelled());
		});
		signal?.addEventListener('abort', stop, { once: true });
		const until = Date.now() + ms;
		try {
			do {
				const left = Math.max(0, until - Date.now());
				await Promise.race([sleep(Math.min(left, SLICE_MS)), stopped]);
			} while (Date.now() < until);
		} finally {
			signal?.removeEventListener('abort', stop);
		}
	},
};
