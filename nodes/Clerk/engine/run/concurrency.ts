/** Runs tasks concurrently. Tasks with the same key run in order, and groups start in the order of their first task. */

export interface ConcurrencyOptions {
	/** Upper bound of tasks that run at once. */
	concurrency: number;
	/** Grows with each server error; while it grows, fewer tasks run at once. */
	errorCount(): number;
	/** No task starts once this returns true. */
	isStopped(): boolean;
}

/** Returns a function that calls `work`, at most `most` at once; the other calls wait for their turn. */
export function limitConcurrency<Args extends unknown[], T>(
	most: number,
	work: (...args: Args) => Promise<T>,
): (...args: Args) => Promise<T> {
	let running = 0;
	const waiting: Array<() => void> = [];
	return async (...args) => {
		if (running < most) running++;
		else await new Promise<void>((start) => waiting.push(start));
		try {
			return await work(...args);
		} finally {
			// The next one takes its place.
			const next = waiting.shift();
			if (next) next();
			else running--;
		}
	};
}

/** Groups the indexes `0 … count-1` by key; one whose key is undefined is a group of its own. */
export function groupByKey(
	count: number,
	orderKeyOf: (index: number) => string | undefined,
): number[][] {
	const groups: number[][] = [];
	const byKey = new Map<string | undefined, number[]>();
	for (let index = 0; index < count; index++) {
		const key = orderKeyOf(index);
		const group = byKey.get(key);
		if (group) {
			group.push(index);
			continue;
		}
		const newGroup = [index];
		groups.push(newGroup);
		if (key !== undefined) byKey.set(key, newGroup);
	}
	return groups;
}

/** Runs `work` for each index, the groups concurrently, each group in its order. @param work - must not reject */
export async function runConcurrently(
	groups: number[][],
	{ concurrency, errorCount, isStopped }: ConcurrencyOptions,
	work: (index: number) => Promise<void>,
): Promise<void> {
	let allowed = concurrency;
	let active = 0;
	let nextGroup = 0;
	/** The rest of groups that were interrupted when fewer tasks were allowed. */
	const interrupted: number[][] = [];
	let lastErrorCount = errorCount();

	await new Promise<void>((finished) => {
		const adapt = () => {
			const now = errorCount();
			allowed =
				now > lastErrorCount ? Math.max(1, allowed / 2) : Math.min(concurrency, allowed + 1);
			lastErrorCount = now;
		};
		const runGroup = async (group: number[]) => {
			for (const [at, index] of group.entries()) {
				if (isStopped()) break;
				if (at > 0 && active > allowed) {
					interrupted.push(group.slice(at));
					break;
				}
				await work(index);
				adapt();
			}
			active--;
			fill();
		};
		const fill = () => {
			while (active < allowed && !isStopped()) {
				const group = interrupted.shift() ?? groups[nextGroup++];
				if (!group) break;
				active++;
				void runGroup(group);
			}
			if (active === 0) finished();
		};
		fill();
	});
}
