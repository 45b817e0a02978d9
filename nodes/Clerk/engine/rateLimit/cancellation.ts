/** Waiting, and being stopped while at it. */

export interface Clock {
	/** Unix milliseconds. */
	now(): number;
	/** Resolves after `ms`, or rejects with `Cancelled` when `signal` fires. */
	wait(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The workflow was stopped while something waited. */
export class Cancelled extends Error {
	constructor() {
		super('The execution was stopped');
	}
}

/** Somebody in a line, who leaves it when the execution is stopped. */
export class Leaving {
	hasLeft = false;

	constructor(private readonly signal: AbortSignal | undefined) {}

	/** Rejects with `Cancelled` as soon as the execution is stopped. */
	async unlessLeft(turn: Promise<void>): Promise<void> {
		let leave: () => void = () => {};
		const left = new Promise<never>((_, reject) => {
			leave = () => {
				this.hasLeft = true;
				reject(new Cancelled());
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
