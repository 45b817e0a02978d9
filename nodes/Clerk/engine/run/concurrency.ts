/**
 * Work in lanes: what is in one lane runs in its order, the lanes run side by side. The first items
 * start first.
 */

export interface LanesOptions {
	/** Upper bound of how many run at once. */
	concurrency: number;
	/** Grows whenever the other side is in trouble; then fewer run at once, until it recovers. */
	pressure(): number;
	/** Nothing new is started once this is true. */
	isStopped(): boolean;
}

/** Indexes `0 … count-1`, grouped by `laneOf`; undefined is a lane of its own. */
export function intoLanes(
	count: number,
	laneOf: (index: number) => string | undefined,
): number[][] {
	const lanes: number[][] = [];
	const named = new Map<string | undefined, number[]>();
	for (let index = 0; index < count; index++) {
		const name = laneOf(index);
		const lane = named.get(name);
		if (lane) {
			lane.push(index);
			continue;
		}
		const started = [index];
		lanes.push(started);
		if (name !== undefined) named.set(name, started);
	}
	return lanes;
}

/** @param work - must not reject */
export async function runLanes(
	lanes: number[][],
	{ concurrency, pressure, isStopped }: LanesOptions,
	work: (index: number) => Promise<void>,
): Promise<void> {
	let allowed = concurrency;
	let active = 0;
	let nextLane = 0;
	/** Lanes that gave up their place before their end. */
	const interrupted: number[][] = [];
	let lastPressure = pressure();

	await new Promise<void>((finished) => {
		const adapt = () => {
			const now = pressure();
			allowed = now > lastPressure ? Math.max(1, allowed / 2) : Math.min(concurrency, allowed + 1);
			lastPressure = now;
		};
		const runLane = async (lane: number[]) => {
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
				const lane = interrupted.shift() ?? lanes[nextLane++];
				if (!lane) break;
				active++;
				void runLane(lane);
			}
			if (active === 0) finished();
		};
		fill();
	});
}
