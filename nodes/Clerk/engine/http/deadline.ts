import type { Clock } from '../rateLimit/clock';

/**
 * Runs `work` with a signal that fires when the execution is stopped or `ms` are over. n8n's own timeout
 * counts silence only, so a response of which a byte comes now and then would never end
 * (docs/n8n-notes.md, 4).
 *
 * @param signal - of the execution
 * @throws what `work` throws, and an error with the code `ETIMEDOUT` after `ms`, even if `work` goes on
 */
export async function withDeadline<T>(
	clock: Clock,
	ms: number,
	signal: AbortSignal | undefined,
	work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
	const request = new AbortController();
	const timer = new AbortController();
	const stop = () => request.abort();
	signal?.addEventListener('abort', stop);
	if (signal?.aborted) stop();
	const timeUp = clock.timeout(ms, timer.signal).then(() => {
		stop();
		throw Object.assign(new Error('The response took too long'), { code: 'ETIMEDOUT' });
	});
	try {
		return await Promise.race([work(request.signal), timeUp]);
	} finally {
		signal?.removeEventListener('abort', stop);
		timer.abort();
	}
}
