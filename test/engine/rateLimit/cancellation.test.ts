import { Cancellation, CancelledError } from '../../../nodes/Clerk/engine/rateLimit/cancellation';

/** A signal that counts its listeners. */
function countedSignal() {
	const controller = new AbortController();
	const { signal } = controller;
	const listeners = new Set<unknown>();
	const add = signal.addEventListener.bind(signal);
	const remove = signal.removeEventListener.bind(signal);
	signal.addEventListener = (...args: Parameters<typeof add>) => {
		listeners.add(args[1]);
		add(...args);
	};
	signal.removeEventListener = (...args: Parameters<typeof remove>) => {
		if (args[0] === 'abort') listeners.delete(args[1]);
		remove(...args);
	};
	return { signal, abort: () => controller.abort(), listeners: () => listeners.size };
}

const never = new Promise<void>(() => {});

describe('Cancellation.race', () => {
	it('resolves with the promise, and removes its listener', async () => {
		const { signal, listeners } = countedSignal();
		const cancellation = new Cancellation(signal);
		await expect(cancellation.race(Promise.resolve())).resolves.toBeUndefined();
		expect(cancellation.isCancelled).toBe(false);
		expect(listeners()).toBe(0);
	});

	it('rejects with CancelledError when the execution is stopped', async () => {
		const { signal, abort, listeners } = countedSignal();
		const cancellation = new Cancellation(signal);
		const racing = cancellation.race(never);
		abort();
		await expect(racing).rejects.toBeInstanceOf(CancelledError);
		expect(cancellation.isCancelled).toBe(true);
		expect(listeners()).toBe(0);
	});

	it('rejects with CancelledError when the execution was stopped before', async () => {
		const { signal, abort } = countedSignal();
		abort();
		const cancellation = new Cancellation(signal);
		await expect(cancellation.race(never)).rejects.toThrow('The execution was stopped');
		expect(cancellation.isCancelled).toBe(true);
	});

	it('rejects with the error of the promise, and removes its listener', async () => {
		const { signal, listeners } = countedSignal();
		const cancellation = new Cancellation(signal);
		await expect(cancellation.race(Promise.reject(new Error('no')))).rejects.toThrow('no');
		expect(listeners()).toBe(0);
	});

	it('resolves with the promise when there is no signal', async () => {
		await expect(new Cancellation(undefined).race(Promise.resolve())).resolves.toBeUndefined();
	});
});
