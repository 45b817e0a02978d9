import { operationLengths } from '../../bench/lib/source';
import { SCENARIOS, readArguments } from '../../bench/run';
import { scripts } from '../../package.json';
import { isOver, toMarkdown } from '../../bench/lib/report';
import { median, takingTurns } from '../../bench/lib/statistics';
import type { Result } from '../../bench/run';
import { resources } from '../../nodes/Clerk/resources';
import { filledIn } from '../../scripts/lib/files';
import { runBench } from '../support/command';

const result = (words: Partial<Result> = {}): Result => ({
	scenario: 'updates',
	title: 'Many updates',
	small: false,
	date: '2026-05-12',
	machine: '2 × Processor, 8 GB, linux',
	conditions: ['n8n 2.40.7'],
	subjects: ['Clerk', 'HTTP Request'],
	figures: [
		{ name: 'Time', unit: 's', values: [12, 24], limit: 13 },
		{ name: 'Rejected', unit: '', values: [0, 1000], limit: 0 },
		{ name: 'Tarball', unit: 'bytes', values: [163_600, null], limit: 100_000 },
	],
	...words,
});

describe('operationLengths', () => {
	const lines = operationLengths();

	it('counts the lines of every operation', () => {
		expect(lines).toHaveLength(resources.flatMap(({ operations }) => operations).length);
		expect(Math.min(...lines)).toBeGreaterThan(3);
	});
});

describe('the report of a bench', () => {
	it('has a table with the ratio of the other figures to those of Clerk', () => {
		expect(toMarkdown(result()).split('\n')).toEqual([
			'|  | Clerk | HTTP Request | Limit |',
			'| --- | --- | --- | --- |',
			'| Time | 12.00 s | 24.00 s (2.00 ×) | 13.00 s |',
			'| Rejected | 0 | 1,000 | 0 |',
			'| Tarball | 163.6 KB | – | 100.0 KB, which it is over |',
			'',
			'× is how many times the figure of Clerk. Measured 2026-05-12; 2 × Processor, 8 GB, linux; n8n 2.40.7.',
		]);
	});

	it('has amounts of memory in megabytes', () => {
		const figures = [{ name: 'Peak', unit: 'bytes' as const, values: [228_766_100, null] }];
		expect(toMarkdown(result({ figures }))).toContain('| Peak | 228.8 MB | – |');
	});

	it('marks a small run', () => {
		expect(toMarkdown(result({ small: true }))).toContain(
			'; n8n 2.40.7; small: the times say nothing.',
		);
	});

	it.each([
		[25, 25, false],
		[25.1, 25, true],
		[NaN, 25, true],
		[null, 25, true],
		[7, undefined, false],
	])('has %s within the limit of %s, or over it: %s', (own, limit, over) => {
		expect(isOver({ name: 'x', unit: '', values: [own, 1], limit })).toBe(over);
	});
});

describe('a measurement', () => {
	it('is the median of its values', () => {
		expect(median([9, 1, 5])).toBe(5);
		expect(median([10, 9, 1, 2])).toBe(5.5);
		expect(median([100, 20, 3])).toBe(20);
		expect(() => median([])).toThrow('nothing');
	});

	it('alternates between its subjects, and leaves out the first round', async () => {
		const order: string[] = [];
		const work = (name: string) => async () => order.push(name);
		expect(await takingTurns(2, [work('a'), work('b')])).toEqual([
			[3, 5],
			[4, 6],
		]);
		expect(order.join('')).toBe('ababab');
	});

	it.each([[[]], [['../lib/report']], [['nothing']], [['description', 'description']], [['--no']]])(
		'is rejected for the unknown scenario %j',
		(args) => expect(readArguments(args)).toBeUndefined(),
	);

	it('is not written from a small run', () =>
		expect(readArguments(['webhooks', '--small', '--write'])).toBeUndefined());

	it.each(Object.values(SCENARIOS).flat())('of %s is written by npm run figures', (name) =>
		expect(scripts.figures).toContain(`bench -- ${name} --write`),
	);

	it('is asked for by its name', () => {
		const small = { name: 'webhooks', json: false, small: true, write: false };
		expect(readArguments(['webhooks', '--small'])).toEqual(small);
		expect(readArguments(['--json', 'webhooks', '--small'])).toEqual({ ...small, json: true });
		expect(readArguments(['webhooks', '--write'])).toMatchObject({ small: false, write: true });
	});

	it('says which scenarios there are when it is rejected', async () => {
		const { code, stdout, stderr } = await runBench(['nothing']);
		expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
		expect(stderr).toMatch(/Scenarios: .*description.*\nOccasional: .*webhooks/);
	});
});

describe('filledIn', () => {
	const text = 'a\n<!-- figures: one -->\nold\n<!-- /figures: one -->\nb <!-- figures: two -->';

	it('replaces the figures between the markers of a scenario', () => {
		const expected =
			'a\n<!-- figures: one -->\n\nnew\n\n<!-- /figures: one -->\nb <!-- figures: two -->';
		expect(filledIn(text, 'figures: one', 'new')).toBe(expected);
		expect(filledIn(expected, 'figures: one', 'new')).toBe(expected);
	});

	it.each([
		['two', text],
		['three', text],
		['one', text + text],
		['one', '<!-- /figures: one --><!-- figures: one -->'],
	])(
		'rejects %s when its markers are missing, twice there or in the wrong order',
		(name, markdown) => {
			expect(() => filledIn(markdown, `figures: ${name}`, 'new')).toThrow(
				`<!-- figures: ${name} -->`,
			);
		},
	);
});
