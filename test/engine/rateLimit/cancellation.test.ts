import { CancelledError, Cancellation } from '../../../nodes/Clerk/engine/rateLimit/cancellation';

/** A signal whose listeners are counted. */
function stoppable() {
	const controller = new AbortController();
	const { signal } = controller;
	const listeners = new Set<unknown>();
	const add = signal.addEventListener.bind(signal);
	const remove = signal.removeEventListener.bind(signal);
	signal.addEventListener = (...given: Parameters<typeof add>) => {
		listeners.add(given[1]);
		add(...given);
	};
	signal.removeEventListener = (...given: Parameters<typeof remove>) => {
		if (given[0] === 'abort') listeners.delete(given[1]);
		remove(...given);
	};
	return { signal, stop: () => controller.abort(), listeners: () => listeners.size };
}

const never = new Promise<void>(() => {});

describe('somebody in a line', () => {
	it('stays until it is their turn', async () => {
		const { signal, listeners } = stoppable();
		const line = new Cancellation(signal);
		await expect(line.race(Promise.resolve())).resolves.toBeUndefined();
		expect(line.isCancelled).toBe(false);
		expect(listeners()).toBe(0);
	});

	it('leaves at once when the execution is stopped', async () => {
		const { signal, stop, listeners } = stoppable();
		const line = new Cancellation(signal);
		const waiting = line.race(never);
		stop();
		await expect(waiting).rejects.toBeInstanceOf(CancelledError);
		expect(line.isCancelled).toBe(true);
		expect(listeners()).toBe(0);
	});

	it('does not stay where the execution was stopped before', async () => {
		const { signal, stop } = stoppable();
		stop();
		const line = new Cancellation(signal);
		await expect(line.race(never)).rejects.toThrow('The execution was stopped');
		expect(line.isCancelled).toBe(true);
	});

	it('hears what went wrong, and leaves nothing behind', async () => {
		const { signal, listeners } = stoppable();
		const line = new Cancellation(signal);
		await expect(line.race(Promise.reject(new Error('no')))).rejects.toThrow('no');
		expect(listeners()).toBe(0);
	});

	it('needs no signal', async () => {
		await expect(new Cancellation(undefined).race(Promise.resolve())).resolves.toBeUndefined();
	});
});
