import {
	groupByKey,
	limitConcurrency,
	runConcurrently,
} from '../../../nodes/Clerk/engine/run/concurrency';
import type { ConcurrencyOptions } from '../../../nodes/Clerk/engine/run/concurrency';
import { createClock } from '../../support/clock';

/** Runs tasks that take 10 ms each. @returns the order in which they started, and how many were active at each start */
async function runThrough(
	groups: number[][],
	options: Partial<ConcurrencyOptions> = {},
	events: { start?(index: number): void; end?(index: number): void } = {},
) {
	const clock = createClock({ automatic: true });
	const started: number[] = [];
	const active = new Set<number>();
	const activeAtStart: number[] = [];
	const settings = { concurrency: 50, errorCount: () => 0, isStopped: () => false, ...options };
	await runConcurrently(groups, settings, async (index) => {
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

describe('limitConcurrency', () => {
	it('calls three at once, in their order, and goes on after one that fails', async () => {
		const clock = createClock({ automatic: true });
		const started: number[] = [];
		let active = 0;
		let peak = 0;
		const work = limitConcurrency(3, async (index: number) => {
			started.push(index);
			peak = Math.max(peak, ++active);
			await clock.wait(10);
			active--;
			if (index % 2 === 0) throw new Error(`No ${index}`);
			return index;
		});
		const order = Array.from({ length: 20 }, (_, index) => index);
		const results = await Promise.allSettled(order.map(work));
		expect(started).toEqual(order);
		expect([peak, active]).toEqual([3, 0]);
		expect(results.map(({ status }) => status === 'fulfilled')).toEqual(
			order.map((index) => index % 2 === 1),
		);
	});
});

describe('groupByKey', () => {
	it('groups indexes with the same key in their order, and leaves one without a key by itself', () => {
		const keys = ['a', undefined, 'b', 'a', undefined, 'b'];
		expect(groupByKey(6, (index) => keys[index])).toEqual([[0, 3], [1], [2, 5], [4]]);
	});

	it('takes the key __proto__ like any other', () => {
		const keys = ['__proto__', 'constructor', '__proto__'];
		expect(groupByKey(3, (index) => keys[index])).toEqual([[0, 2], [1]]);
	});
});

describe('runConcurrently', () => {
	it('interrupts groups between two tasks while server errors grow, and runs them to their end', async () => {
		const groups = Array.from({ length: 8 }, (_, group) =>
			Array.from({ length: 10 }, (__, at) => group * 10 + at),
		);
		let errors = 0;
		const events = { end: () => (errors += started < 40 ? 1 : 0) };
		let started = 0;
		const { activeAtStart, started: order } = await runThrough(
			groups,
			{ concurrency: 8, errorCount: () => errors },
			{ ...events, start: () => started++ },
		);
		expect(Math.max(...activeAtStart.slice(16, 40))).toBeLessThanOrEqual(2);
		expect([...order].sort((a, b) => a - b)).toEqual(groups.flat());
		for (const group of groups) {
			expect(order.filter((index) => group.includes(index))).toEqual(group);
		}
		expect(activeAtStart.at(-1)).toBeGreaterThan(0);
		expect(Math.max(...activeAtStart.slice(40))).toBeGreaterThan(2);
	});

	it('ends at once when there are no groups', async () => {
		expect((await runThrough([])).started).toEqual([]);
	});

	it('runs each task once', async () => {
		const { started } = await runThrough([[0, 3], [1], [2, 5], [4]]);
		expect([...started].sort()).toEqual([0, 1, 2, 3, 4, 5]);
	});

	it('runs the tasks of a group one after the other', async () => {
		const { started, activeAtStart } = await runThrough([[0, 1, 2, 3]]);
		expect(started).toEqual([0, 1, 2, 3]);
		expect(activeAtStart).toEqual([1, 1, 1, 1]);
	});

	it.each([1, 2, 7])(
		'runs at most %i tasks at once, and that many when there are enough',
		async (concurrency) => {
			const { activeAtStart } = await runThrough(ALONE(30), { concurrency });
			expect(Math.max(...activeAtStart)).toBe(concurrency);
		},
	);

	it('starts no task once it is stopped, also in the middle of a group', async () => {
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

	it('runs one task at a time while server errors grow, and all of them again afterwards', async () => {
		let errorCount = 0;
		const fail = (index: number) => {
			if (index < 60) errorCount++;
		};
		const { activeAtStart } = await runThrough(
			ALONE(200),
			{ concurrency: 16, errorCount: () => errorCount },
			{ end: fail },
		);
		expect(activeAtStart[15]).toBe(16);
		expect(Math.max(...activeAtStart.slice(45, 60))).toBeLessThanOrEqual(2);
		expect(Math.max(...activeAtStart.slice(120))).toBe(16);
	});
});
