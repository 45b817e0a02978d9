import { judgeFigures } from '../../scripts/gates/budgets';
import { judgeLicences } from '../../scripts/gates/licences';
import { judgeSignatures } from '../../scripts/gates/signatures';
import { judgeContents, judgeModules } from '../../scripts/gates/tarball';
import { passThrough, script, type Verdict } from '../../scripts/lib/gates';
import { runCheck } from '../support/command';

/** The gates of `npm run check` find what they check for. */

const gate = (name: string, verdict: Partial<Verdict>) => ({
	name,
	look: () => ({ findings: [], ...verdict }),
});

describe('npm run check', () => {
	it('runs all gates, also after one that failed or threw, and prints a line for each', async () => {
		const gates = [
			gate('types', { findings: ['a.ts: no', 'b.ts: no'] }),
			{ name: 'broken', look: () => Promise.reject(new Error('No such file')) },
			gate('keys', { skipped: 'no network' }),
			gate('sizes', { said: 'small' }),
		];
		const lines: string[] = [];
		const names = await passThrough(gates, (line) => lines.push(line));
		expect(names).toEqual({ ok: ['sizes'], skipped: ['keys'], FAILED: ['types', 'broken'] });
		expect(lines).toEqual([
			expect.stringMatching(/^types +FAILED +\d+ s$/),
			'    a.ts: no',
			'    b.ts: no',
			expect.stringMatching(/^broken +FAILED/),
			'    No such file',
			expect.stringMatching(/^keys +skipped +\d+ s {2}no network$/),
			expect.stringMatching(/^sizes +ok +\d+ s {2}small$/),
		]);
	});

	it('fails when a script fails or prints a refused text', async () => {
		const findingsOf = async (...given: Parameters<typeof script>) =>
			(await script(...given).look()).findings;
		const help = { args: ['--help'] };
		expect(await findingsOf('x', 'spec:diff')).toEqual([expect.stringContaining('<file or url>')]);
		expect(await findingsOf('x', 'start', help)).toEqual([]);
		expect(await findingsOf('x', 'start', { ...help, refuse: /real n8n/ })).toHaveLength(1);
	});

	it('exits with 0 when all gates passed, and with 2 for an unknown gate', async () => {
		expect(await runCheck(['licences'])).toMatchObject({
			stdout: expect.stringMatching(/^licences +ok.*\n\n1 gates passed, 0 skipped, 0 failed\n$/),
		});
		expect(await runCheck(['licence'])).toMatchObject({
			code: 2,
			stderr: expect.stringMatching(/^No gate licence\. There are: types, format, lint, /),
		});
	});
});

describe('a gate', () => {
	it('rejects figures over the budget, and NaN', () => {
		const within = { description: 400_000, tarball: 500_000, operationFile: 25 };
		expect(judgeFigures(within)).toEqual({
			findings: [],
			said: expect.stringContaining('tarball 500,000 of 500,000 bytes'),
		});
		for (const [key, value] of Object.entries(within)) {
			expect(judgeFigures({ ...within, [key]: value + 1 }).findings).toHaveLength(1);
			expect(judgeFigures({ ...within, [key]: NaN }).findings).toHaveLength(1);
		}
	});

	it("rejects missing and non-permissive licences, and n8n's on packages that are not n8n's", () => {
		const { findings, said } = judgeLicences({
			'node_modules/a': { license: 'MIT' },
			'node_modules/b': { license: '(GPL-3.0-only OR Apache-2.0)' },
			'node_modules/b/node_modules/@n8n/c': { license: 'SEE LICENSE IN LICENSE.md' },
			'node_modules/d': { licenses: [{ type: 'MIT' }, { type: 'GPL-2.0-only' }] },
			'node_modules/e': { license: 'GPL-3.0-only' },
			'node_modules/a/node_modules/f': { license: '(MIT AND AGPL-3.0-only)' },
			'node_modules/g': {},
			'node_modules/h': { license: 'SEE LICENSE IN LICENSE.md' },
		});
		expect(findings).toEqual([
			'e: GPL-3.0-only',
			'f: (MIT AND AGPL-3.0-only)',
			'g: none',
			'h: SEE LICENSE IN LICENSE.md',
		]);
		expect(said).toBe("7 packages, and 1 of n8n's own");
	});

	it('rejects invalid signatures, and is skipped when the keys cannot be reached', () => {
		const judged = (output: object) => judgeSignatures(JSON.stringify(output));
		const evil = { name: 'evil', version: '1.0.0' };
		expect(judged({ invalid: [], missing: [] })).toEqual({ findings: [] });
		expect(judged({ invalid: [evil], missing: [evil] }).findings).toEqual([
			'invalid: evil@1.0.0',
			'missing: evil@1.0.0',
		]);
		expect(judged({ error: { code: 'ENOTFOUND', summary: '' } })).toEqual({
			findings: [],
			skipped: 'npm cannot reach the keys: ENOTFOUND',
		});
		expect(judged({ error: { code: 'EINTEGRITY', summary: 'no' } }).findings).toHaveLength(1);
	});

	it('rejects modules that are missing at run time, and dynamic imports', () => {
		const { findings, said } = judgeModules({
			'dist/a.js': `require("./b"); require("node:crypto"); require('n8n-workflow')`,
			'dist/b.js': `require("axios"); require(name); import("x")`,
		});
		expect(findings).toEqual(['dist/b.js: axios', 'dist/b.js: require(', 'dist/b.js: import(']);
		expect(said).toContain('n8n-workflow, node:crypto');
	});

	it('rejects a tarball with files too many or missing', () => {
		const right = ['LICENSE', 'package.json', 'dist/nodes/Clerk/Clerk.node.js'];
		expect(judgeContents(right, right).findings).toEqual([]);
		const more = ['.env', 'dist/nodes/Clerk/Clerk.node.js.map', 'dist/nodes/Clerk/gone.js'];
		expect(judgeContents([...right, ...more], ['README.md']).findings).toEqual([
			'missing: README.md',
			'should not be in it: .env',
			'should not be in it: dist/nodes/Clerk/Clerk.node.js.map',
			'has no source: dist/nodes/Clerk/gone.js',
		]);
	});
});
