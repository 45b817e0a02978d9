import manifest from '../../package.json';
import { lintWorkflows, readWorkflows, shellComplaint } from '../support/workflows';

const { name, scripts } = manifest;

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

	it('uses a supported version of Node, or that of a container', () => {
		const versions = steps.flatMap((step) => step.with?.['node-version'] ?? []);
		expect(versions.length > 0).toBe(!/^ {4}container:$/m.test(text));
		for (const version of versions) expect([20, 24]).toContain(version);
	});
});

describe('release.yml', () => {
	const { jobs } = workflows.find(({ file }) => file === 'release.yml')!;
	const shell = (job: string) => jobs[job].steps.map(({ run }) => run ?? '').join('\n');
	const artifact = (job: string, action: string) =>
		jobs[job].steps.find(({ uses = '' }) => uses.startsWith(`actions/${action}@`))?.with;

	it('runs the whole gate before anything is packed and published', () => {
		expect(Object.keys(jobs)).toEqual(['gate', 'pack', 'publish']);
		expect(shell('gate')).toMatch(/^\.ci\/run$/m);
		expect(jobs.pack.needs).toBe('gate');
		expect(jobs.publish.needs).toBe('pack');
		expect(shell('gate') + shell('pack')).not.toContain('npm publish');
	});

	it('publishes the tarball of the tag’s version that was packed and checked, with its provenance', () => {
		expect(shell('pack')).toMatch(
			/^npm ci\nnpm run check -- .*tarball.*\nnpm pack --ignore-scripts/m,
		);
		expect(artifact('pack', 'upload-artifact')).toMatchObject({
			name: 'tarball',
			path: `${name}-*.tgz`,
			'if-no-files-found': 'error',
		});
		expect(artifact('publish', 'download-artifact')).toMatchObject({ name: 'tarball' });
		expect(shell('publish')).toContain(
			`npm publish "./${name}-\${GITHUB_REF_NAME#v}.tgz" --ignore-scripts --provenance --access public`,
		);
	});

	it('runs nothing of the repository’s or its dependencies where it may publish', () => {
		const mayPublish = Object.entries(jobs).filter(
			([, job]) =>
				job.permissions?.['id-token'] ??
				job.environment ??
				JSON.stringify(job).includes('secrets.'),
		);
		expect(mayPublish.map(([job]) => job)).toEqual(['publish']);
		const used = jobs.publish.steps.flatMap(({ uses = '' }) => uses.match(/^[^@]+/) ?? []);
		expect(used).toEqual(['actions/setup-node', 'actions/download-artifact']);
		const commands = shell('publish').match(/\b(npm|npx|node|yarn|pnpm|sh|bash|tsx|git)\s+\S+/g);
		expect(commands).toEqual(['npm config', 'npm config', 'npm publish']);
		// A cache is written by other jobs, dependencies and all.
		expect(jobs.publish.steps[0].with).toMatchObject({ 'package-manager-cache': false });
	});

	it('publishes a package that brings no dependency and runs nothing when it is installed', () => {
		const brought = Object.keys(manifest)
			.filter((key) => /dependencies$/i.test(key))
			.sort();
		expect(brought).toEqual(['devDependencies', 'peerDependencies']);
		expect(Object.keys(manifest.peerDependencies)).toEqual(['n8n-workflow']);
		const atInstall = /^(pre|post)?(install|prepare|publish|pack)|^prepublishOnly$|^dependencies$/;
		expect(Object.keys(scripts).filter((script) => atInstall.test(script))).toEqual([]);
	});
});
