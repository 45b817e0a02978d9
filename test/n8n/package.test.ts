import type { Result } from '../../bench/run';
import { tarball } from '../../bench/lib/source';
import { resources } from '../../nodes/Clerk/resources';
import { outputSchemaOf } from '../../scripts/lib/outputSchema';
import { runBench } from '../support/command';

/** What is built is what n8n got when it started. */
describe('the package', () => {
	const { files } = tarball();

	it('carries the output schema of every operation that has one', () => {
		const wanted = resources.flatMap(({ value, operations }) =>
			operations
				.filter((operation) => outputSchemaOf(operation))
				.map((operation) => `dist/nodes/Clerk/__schema__/v1.0.0/${value}/${operation.value}.json`),
		);
		const found = files.map(({ path }) => path).filter((path) => path.includes('__schema__'));
		expect(found.sort()).toEqual(wanted.sort());
		expect(found.length).toBeGreaterThan(200);
	});

	it('carries the icons and what n8n searches nodes by', () => {
		expect(files.map(({ path }) => path)).toEqual(
			expect.arrayContaining([
				'dist/nodes/Clerk/Clerk.node.json',
				'dist/nodes/Clerk/clerk.svg',
				'dist/nodes/Clerk/clerk.dark.svg',
			]),
		);
	});
});

describe('npm run bench -- description', () => {
	let result: Result;

	beforeAll(async () => {
		const { stdout } = await runBench(['description', '--json', '--small']);
		result = JSON.parse(stdout) as Result;
	});

	const figure = (name: string) => result.figures.find((each) => each.name === name)!;

	it('measures this node beside some of n8n, and says where and when', () => {
		expect(result).toMatchObject({ scenario: 'description', small: true });
		expect(result.subjects).toEqual(['Clerk', 'HTTP Request', 'Okta', 'Notion']);
		expect(result.date).toMatch(/^\d{4}-\d\d-\d\d$/);
		expect(result.machine).toMatch(/\d+ × .+ GB/);
		for (const { values } of result.figures) expect(values).toHaveLength(result.subjects.length);
	});

	it('finds what takes time and what takes room', () => {
		expect(figure('Operations').values[0]).toBe(
			resources.flatMap(({ operations }) => operations).length,
		);
		// Who is quicker is not for a test to say; that somebody took no time at all would be a slip.
		for (const name of ['Description', 'Building the description', 'Loading the package']) {
			for (const value of figure(name).values) expect(value).toBeGreaterThan(0);
		}
	});
});
