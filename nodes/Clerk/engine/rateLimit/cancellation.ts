/** Waiting, and being stopped while at it. */

export interface Clock {
	/** Unix milliseconds. */
	now(): number;
	/** Resolves after `ms`, or rejects with `CancelledError` when `signal` fires. */
	wait(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The workflow was stopped while something waited. */
export class CancelledError extends Error {
	constructor() {
		super('The execution was stopped');
	}
}

/** Somebody in a line, who leaves it when the execution is stopped. */
export class Cancellation {
	isCancelled = false;

	constructor(private readonly signal: AbortSignal | undefined) {}

	/** Rejects with `CancelledError` as soon as the execution is stopped. */
	async race(turn: Promise<void>): Promise<void> {
		let leave: () => void = () => {};
		const left = new Promise<never>((_, reject) => {
			leave = () => {
				this.isCancelled = true;
				reject(new CancelledError());
			};
		});
		this.signal?.addEventListener('abort', leave);
		if (this.signal?.aborted) leave();
		try {
			await Promise.race([turn, left]);
		} finally {
			this.signal?.removeEventListener('abort', leave);
		}
	}
}
