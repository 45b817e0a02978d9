import { scripts } from '../../package.json';
import { lintWorkflows, readWorkflows, shellComplaint } from '../support/workflows';

/** The GitHub workflows are valid and have no more permissions than they need. */

const workflows = readWorkflows();

/** The write permissions of the workflows, each with its reason. */
const WRITES: Record<string, string[]> = {
	'release.yml': ['id-token'], // provenance
	'spec.yml': ['issues'], // keeps one with the differences
};

const SLOW = 60_000;

it(
	'the workflows are valid for GitHub',
	async () => {
		const { code, output } = await lintWorkflows();
		expect({ code, output }).toEqual({ code: 0, output: `${workflows.length} workflows\n` });
	},
	SLOW,
);

it(
	'lintWorkflows finds a misspelt key and an unknown job',
	async () => {
		const { code, output } = await lintWorkflows({
			'a.yml': 'on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    stepz: []\n',
			'b.yml':
				'on: push\njobs:\n  a:\n    needs: nobody\n    runs-on: x\n    steps:\n      - run: a\n',
		});
		expect(code).toBe(1);
		expect(output).toMatch(/a\.yml.*stepz/);
		expect(output).toMatch(/b\.yml.*job/);
	},
	SLOW,
);

describe.each(workflows)('$file', ({ file, text, permissions, steps }) => {
	it('declares its permissions, with write access only where needed', () => {
		expect(permissions[0]).toMatchObject({ contents: 'read' });
		const written = permissions.flatMap((granted) =>
			Object.entries(granted).flatMap(([what, level]) => (level === 'read' ? [] : [what])),
		);
		expect(written).toEqual(WRITES[file] ?? []);
	});

	it('pins each action to a commit, with the version in a comment', () => {
		const used = [...text.matchAll(/uses: (.*)/g)].map(([, action]) => action);
		expect(used.length).toBeGreaterThan(0);
		for (const action of used)
			expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
	});

	it('runs existing scripts', () => {
		const named = steps.flatMap(({ run = '' }) =>
			[...run.matchAll(/npm run (?:--silent )?([\w:-]+)/g)].map(([, name]) => name),
		);
		expect(named.filter((name) => !(name in scripts))).toEqual([]);
	});

	it('has valid shell scripts without ${{ }}, which could inject text written by others', async () => {
		for (const { run } of steps) {
			if (run === undefined) continue;
			expect(run).not.toContain('${{');
			expect(await shellComplaint(run)).toBe('');
		}
	});

	it('uses a supported version of Node', () => {
		const versions = steps.flatMap((step) => step.with?.['node-version'] ?? []);
		expect(versions.length).toBeGreaterThan(0);
		for (const version of versions) expect([20, 24]).toContain(version);
	});
});

it('the release workflow runs the whole gate before it publishes', () => {
	const { jobs } = workflows.find(({ file }) => file === 'release.yml')!;
	const shell = (job: string) => jobs[job].steps.map(({ run }) => run ?? '').join('\n');
	expect(shell('gate')).toMatch(/^\.ci\/run$/m);
	expect(jobs.publish.needs).toBe('gate');
	expect(shell('publish')).toMatch(/npm publish --provenance --access public/);
	expect(shell('gate')).not.toContain('npm publish');
});
