import { groupByKey, runConcurrently } from '../../../nodes/Clerk/engine/run/concurrency';
import type { ConcurrencyOptions } from '../../../nodes/Clerk/engine/run/concurrency';
import { createClock } from '../../support/clock';

/** Runs lanes whose work takes 10 ms each, and tells in which order it began and how much ran at once. */
async function runThrough(
	lanes: number[][],
	options: Partial<ConcurrencyOptions> = {},
	events: { start?(index: number): void; end?(index: number): void } = {},
) {
	const clock = createClock({ automatic: true });
	const started: number[] = [];
	const active = new Set<number>();
	const activeAtStart: number[] = [];
	const settings = { concurrency: 50, errorCount: () => 0, isStopped: () => false, ...options };
	await runConcurrently(lanes, settings, async (index) => {
		active.add(index);
		started.push(index);
		activeAtStart.push(active.size);
		events.start?.(index);
		await clock.wait(10);
		active.delete(index);
		events.end?.(index);
	});
	return { started, activeAtStart };
}

const ALONE = (count: number) => Array.from({ length: count }, (_, index) => [index]);

describe('lanes', () => {
	it('hold what has the same name, in its order; what has none has a lane of its own', () => {
		const names = ['a', undefined, 'b', 'a', undefined, 'b'];
		expect(groupByKey(6, (index) => names[index])).toEqual([[0, 3], [1], [2, 5], [4]]);
	});

	it('give up their place between two things while the other side is in trouble, and come to their end', async () => {
		const lanes = Array.from({ length: 8 }, (_, lane) =>
			Array.from({ length: 10 }, (__, at) => lane * 10 + at),
		);
		let troubles = 0;
		const events = { end: () => (troubles += started < 40 ? 1 : 0) };
		let started = 0;
		const { activeAtStart, started: order } = await runThrough(
			lanes,
			{ concurrency: 8, errorCount: () => troubles },
			{ ...events, start: () => started++ },
		);
		expect(Math.max(...activeAtStart.slice(16, 40))).toBeLessThanOrEqual(2);
		expect([...order].sort((a, b) => a - b)).toEqual(lanes.flat());
		for (const lane of lanes) expect(order.filter((index) => lane.includes(index))).toEqual(lane);
		expect(activeAtStart.at(-1)).toBeGreaterThan(0);
		expect(Math.max(...activeAtStart.slice(40))).toBeGreaterThan(2);
	});

	it('take the name __proto__ for a name like any other', () => {
		const names = ['__proto__', 'constructor', '__proto__'];
		expect(groupByKey(3, (index) => names[index])).toEqual([[0, 2], [1]]);
	});

	it('end at once where there is nothing to do', async () => {
		expect((await runThrough([])).started).toEqual([]);
	});

	it('run each of their items once', async () => {
		const { started } = await runThrough([[0, 3], [1], [2, 5], [4]]);
		expect([...started].sort()).toEqual([0, 1, 2, 3, 4, 5]);
	});

	it('run one after the other what is in the same lane', async () => {
		const { started, activeAtStart } = await runThrough([[0, 1, 2, 3]]);
		expect(started).toEqual([0, 1, 2, 3]);
		expect(activeAtStart).toEqual([1, 1, 1, 1]);
	});

	it.each([1, 2, 7])(
		'run %i at once at most, and so many where there are enough',
		async (concurrency) => {
			const { activeAtStart } = await runThrough(ALONE(30), { concurrency });
			expect(Math.max(...activeAtStart)).toBe(concurrency);
		},
	);

	it('start nothing new once they are stopped, in the middle of a lane either', async () => {
		let stopped = false;
		const { started } = await runThrough(
			[[0, 2, 4], [1], [3]],
			{ concurrency: 2, isStopped: () => stopped },
			{
				start(index) {
					if (index === 1) stopped = true;
				},
			},
		);
		expect(started).toEqual([0, 1]);
	});

	it('run one at a time while everything goes wrong, and all together again afterwards', async () => {
		let errorCount = 0;
		const trouble = (index: number) => {
			if (index < 60) errorCount++;
		};
		const { activeAtStart } = await runThrough(
			ALONE(200),
			{ concurrency: 16, errorCount: () => errorCount },
			{ end: trouble },
		);
		expect(activeAtStart[15]).toBe(16);
		expect(Math.max(...activeAtStart.slice(45, 60))).toBeLessThanOrEqual(2);
		expect(Math.max(...activeAtStart.slice(120))).toBe(16);
	});
});
