/**
 * Work in lanes: what is in one lane runs in its order, the lanes run side by side. The first items
 * start first.
 */

export interface ConcurrencyOptions {
	/** Upper bound of how many run at once. */
	concurrency: number;
	/** Grows whenever the other side is in trouble; then fewer run at once, until it recovers. */
	errorCount(): number;
	/** Nothing new is started once this is true. */
	isStopped(): boolean;
}

/** Indexes `0 … count-1`, grouped by `laneOf`; undefined is a lane of its own. */
export function groupByKey(
	count: number,
	keyOf: (index: number) => string | undefined,
): number[][] {
	const groups: number[][] = [];
	const named = new Map<string | undefined, number[]>();
	for (let index = 0; index < count; index++) {
		const name = keyOf(index);
		const group = named.get(name);
		if (group) {
			group.push(index);
			continue;
		}
		const newGroup = [index];
		groups.push(newGroup);
		if (name !== undefined) named.set(name, newGroup);
	}
	return groups;
}

/** @param work - must not reject */
export async function runConcurrently(
	groups: number[][],
	{ concurrency, errorCount, isStopped }: ConcurrencyOptions,
	work: (index: number) => Promise<void>,
): Promise<void> {
	let allowed = concurrency;
	let active = 0;
	let nextGroup = 0;
	/** Lanes that gave up their place before their end. */
	const interrupted: number[][] = [];
	let lastPressure = errorCount();

	await new Promise<void>((finished) => {
		const adapt = () => {
			const now = errorCount();
			allowed = now > lastPressure ? Math.max(1, allowed / 2) : Math.min(concurrency, allowed + 1);
			lastPressure = now;
		};
		const runGroup = async (lane: number[]) => {
			for (const [at, index] of lane.entries()) {
				if (isStopped()) break;
				if (at > 0 && active > allowed) {
					interrupted.push(lane.slice(at));
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
				const lane = interrupted.shift() ?? groups[nextGroup++];
				if (!lane) break;
				active++;
				void runGroup(lane);
			}
			if (active === 0) finished();
		};
		fill();
	});
}
