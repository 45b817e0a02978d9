import { withDeadline } from '../../../nodes/Clerk/engine/http/deadline';
import { deadlineFor } from '../../../nodes/Clerk/engine/http/requestOptions';
import { createClock, settle } from '../../support/clock';

describe('withDeadline', () => {
	it('returns what the work returns, and leaves no timer', async () => {
		const clock = createClock();
		expect(
			await withDeadline(clock, 100, undefined, async () => await settle().then(() => 5)),
		).toBe(5);
		expect(clock.pending()).toBe(0);
	});

	it('throws what the work throws, and leaves no timer', async () => {
		const clock = createClock();
		const failing = withDeadline(clock, 100, undefined, async () => {
			await settle();
			throw new Error('no');
		});
		await expect(failing).rejects.toThrow('no');
		expect(clock.pending()).toBe(0);
	});

	it('ends work that goes on, and tells it', async () => {
		const clock = createClock();
		let given: AbortSignal | undefined;
		const outcome = withDeadline(clock, 100, undefined, async (signal) => {
			given = signal;
			await new Promise(() => {});
		}).catch((error: unknown) => error);
		await clock.advance(99);
		expect(given?.aborted).toBe(false);
		await clock.advance(1);
		expect(await outcome).toMatchObject({ code: 'ETIMEDOUT' });
		expect(given?.aborted).toBe(true);
	});

	it('tells the work when the execution is stopped, before or meanwhile, and lets it end by itself', async () => {
		const stopped = await withDeadline(createClock(), 100, AbortSignal.abort(), async (signal) => {
			await settle();
			return signal.aborted;
		});
		expect(stopped).toBe(true);
		const stop = new AbortController();
		const meanwhile = await withDeadline(createClock(), 100, stop.signal, async (signal) => {
			expect(signal.aborted).toBe(false);
			stop.abort();
			await settle();
			return signal.aborted;
		});
		expect(meanwhile).toBe(true);
	});
});

describe('deadlineFor', () => {
	it.each([
		['no body', undefined, 120_000],
		['a body of text', '{}', 120_000],
		['an upload of 10 MB', Buffer.alloc(10_000_000), 320_000],
	])('of %s', (_, body, ms) => {
		expect(deadlineFor({ body })).toBe(ms);
	});
});
