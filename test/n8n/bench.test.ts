import type { Result } from '../../bench/run';
import { TESTED } from '../support/benches';
import { runBench } from '../support/command';

/** The first of them is this node's. */
const valuesOf = ({ figures }: Result, name: RegExp) =>
	figures.filter((figure) => name.test(figure.name)).map(({ values }) => values);

/** What a small run shows, besides that there are figures. How long anything took is not for a test to say. */
const SHOWN: Record<string, (result: Result) => void> = {
	updates(result) {
		const [lostAlone, lostShared] = valuesOf(result, /^… lost/);
		const [rejectedAlone] = valuesOf(result, /^… rejected/);
		expect([lostAlone[0], lostShared[0], rejectedAlone[0]]).toEqual([0, 0, 0]);
		// 110 at a limit of 100: who sends them all at once loses ten, and the bench sees it.
		expect([lostAlone[1], rejectedAlone[1]]).toEqual([10, 10]);
		expect(lostAlone[3]).toBe(rejectedAlone[3]);
		expect(lostAlone[3]).toBeGreaterThan(0);
	},

	'get-all'(result) {
		// 1,200 users by 500, at three latencies; the SDK counts them with each page. Then as many
		// members, of pages that overlap.
		const users = [3, 3, 6, 7, 3];
		expect(valuesOf(result, /^… requests/)).toEqual([
			users,
			users,
			users,
			[3, 3, null, null, null],
		]);
		for (const [own] of valuesOf(result, /^… missing/)) expect(own).toBe(0);
		// With so few items, n8n's heap says nothing; that of the loop holds only them.
		for (const [, loop] of valuesOf(result, /^… peak of memory/)) {
			expect(loop! / 1_200).toBeGreaterThan(500);
		}
	},

	overhead(result) {
		expect(valuesOf(result, /^… lost/)).toEqual([[0, 0, 0, 0]]);
		const [cpu] = valuesOf(result, /^CPU for an item$/);
		for (const ms of cpu) expect(ms).toBeGreaterThan(0.05);
	},

	webhooks(result) {
		expect(valuesOf(result, /hostile requests: not refused$/)).toEqual([[0, null]]);
		expect(valuesOf(result, /^… executions$/)).toEqual([[0, null]]);
		expect(valuesOf(result, /^… (responses other than 200|lost)$/)).toEqual([
			[0, 0],
			[0, 0],
		]);
	},
};

/** The description is looked at where the package is. */
const ELSEWHERE = ['description'];

async function measure(name: string) {
	const { code, stdout, stderr } = await runBench([name, '--small', '--json']);
	expect({ code, stderr }).toMatchObject({ code: 0 });
	const result = JSON.parse(stdout) as Result;

	expect(result).toMatchObject({ scenario: name, small: true });
	expect(result.subjects[0]).toBe('Clerk');
	expect(result.subjects.length).toBeGreaterThan(1);
	expect(result.figures.length).toBeGreaterThan(0);
	for (const { values } of result.figures) {
		expect(values).toHaveLength(result.subjects.length);
		expect(values.every((value) => value === null || Number.isFinite(value))).toBe(true);
		expect(values[0]).not.toBeNull();
	}
	SHOWN[name]?.(result);
}

describe('npm run bench', () => {
	// Most of their time they wait for a limit. The longest is the last by its name, and starts first.
	it.concurrent.each(TESTED.filter((name) => !ELSEWHERE.includes(name)).reverse())(
		'%s: measures this node and others, in small',
		measure,
		300_000,
	);
});
