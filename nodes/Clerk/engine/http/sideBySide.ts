import type { ApiRequest, Send } from '../operation';

/** Tasks that send requests side by side, and end together: the first failure stops the others. */
export class SideBySide {
	private readonly stop = new AbortController();

	private readonly running = new Set<Promise<void>>();

	private failure: { error: unknown } | undefined;

	/** @param atOnce - how many tasks run at once */
	constructor(
		private readonly sendOne: Send,
		private readonly atOnce: number,
	) {}

	/** Sends a request that ends when one of the tasks fails: its waits and its retries, too. */
	readonly send = async (request: ApiRequest): Promise<unknown> =>
		await this.sendOne(request, this.stop.signal);

	/** How many more tasks may start. */
	get room(): number {
		return this.failure ? 0 : this.atOnce - this.running.size;
	}

	/** Starts a task. */
	start(task: () => Promise<void>): void {
		const run = task()
			.catch((error: unknown) => {
				this.failure ??= { error };
				this.stop.abort();
			})
			.finally(() => this.running.delete(run));
		this.running.add(run);
	}

	/** Waits for all tasks, also those that started meanwhile. @throws the error of the first that failed */
	async end(): Promise<void> {
		while (this.running.size > 0) await Promise.all(this.running);
		if (this.failure) throw this.failure.error as Error;
	}

	/** Ends the tasks, whose results are not needed any more. */
	cancel(): void {
		this.stop.abort();
	}
}
