/** The execution was stopped during a wait. */
export class CancelledError extends Error {
	constructor() {
		super('The execution was stopped');
	}
}

/** Races a promise against the abort signal of the execution. */
export class Cancellation {
	isCancelled = false;

	constructor(private readonly signal: AbortSignal | undefined) {}

	/** @throws CancelledError as soon as the execution is stopped, and what `promise` throws */
	async race(promise: Promise<void>): Promise<void> {
		let cancel: () => void = () => {};
		const cancelled = new Promise<never>((_, reject) => {
			cancel = () => {
				this.isCancelled = true;
				reject(new CancelledError());
			};
		});
		this.signal?.addEventListener('abort', cancel);
		if (this.signal?.aborted) cancel();
		try {
			await Promise.race([promise, cancelled]);
		} finally {
			this.signal?.removeEventListener('abort', cancel);
		}
	}
}
