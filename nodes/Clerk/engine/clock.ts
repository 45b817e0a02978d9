import { sleep } from 'n8n-workflow';

import { Cancelled } from './pacing';
import type { Clock } from './pacing';

/** The real time. n8n's `sleep` cannot be stopped, so a stopped wait leaves it behind and goes on. */
export const realClock: Clock = {
	now: () => Date.now(),
	async wait(ms, signal) {
		if (signal?.aborted) throw new Cancelled();
		let stop: () => void = () => {};
		const stopped = new Promise<never>((_, reject) => {
			stop = () => reject(new Cancelled());
		});
		signal?.addEventListener('abort', stop, { once: true });
		try {
			await Promise.race([sleep(ms), stopped]);
		} finally {
			signal?.removeEventListener('abort', stop);
		}
	},
};
