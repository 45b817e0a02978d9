'use strict';

const { parseArgs } = require('node:util');
const { lookAtSizes } = require('./gates/budgets');
const { lookAtLicences } = require('./gates/licences');
const { lookAtSignatures } = require('./gates/signatures');
const { lookAtContents, lookAtModules, lookAtScanner } = require('./gates/tarball');
const { run } = require('./lib/run');

/**
 * Every gate, a line each: `npm run check`, or `npm run check -- types lint` for some of them.
 * With --without-tests those that `npm test` has anyway are left to it.
 */

/**
 * @typedef {object} Verdict
 * @property {string[]} findings what is wrong; none where it passed
 * @property {string} [said] what is worth knowing of one that passed
 * @property {string} [skipped] why nothing could be looked at
 *
 * @typedef {{ name: string, look: () => Verdict | Promise<Verdict>, isTest?: boolean }} Gate `isTest`: it is one of `npm test`
 */

/**
 * @param {string} name
 * @param {string} script of package.json
 * @param {{ args?: string[], refuse?: RegExp, isTest?: boolean }} [options] `refuse`: what it may not say although it passed
 * @returns {Gate}
 */
function script(name, script, { args = [], refuse, isTest } = {}) {
	const look = async () => {
		const { code, output } = await run('npm', ['run', '--silent', script, '--', ...args]);
		const passed = code === 0 && !refuse?.test(output);
		return { findings: passed ? [] : [output.trim() || `ended with ${code}`] };
	};
	return { name, look, isTest };
}

/**
 * All of them, also after one that did not pass; what one throws is a finding.
 *
 * @param {Gate[]} gates
 * @returns {Promise<Record<'ok' | 'skipped' | 'FAILED', string[]>>} their names
 */
async function passThrough(gates) {
	const width = Math.max(...gates.map(({ name }) => name.length));
	/** @type {Awaited<ReturnType<typeof passThrough>>} */
	const names = { ok: [], skipped: [], FAILED: [] };
	for (const { name, look } of gates) {
		const began = Date.now();
		/** @type {Verdict} */
		const { findings, said, skipped } = await Promise.resolve()
			.then(look)
			.catch((error) => ({ findings: [String(error?.message ?? error)] }));
		const result = findings.length > 0 ? 'FAILED' : skipped ? 'skipped' : 'ok';
		const seconds = `${Math.round((Date.now() - began) / 1000)} s`;
		const line = [name.padEnd(width), result.padEnd(7), seconds.padStart(5), skipped ?? said ?? ''];
		console.log(line.join('  ').trimEnd());
		for (const finding of findings) console.log(finding.replace(/^/gm, '    '));
		names[result].push(name);
	}
	return names;
}

/** @param {string} name @param {string} file */
const test = (name, file) => script(name, 'test', { args: ['--ci', file], isTest: true });

/** In this order: what looks at the tarball wants the build. @type {Gate[]} */
const GATES = [
	script('types', 'typecheck'),
	script('format', 'format:check'),
	script('lint', 'lint', { refuse: /\bwarnings?\b/ }),
	script('imports', 'lint:imports'),
	script('form', 'lint:form'),
	script('build', 'build'),
	{ name: 'scanner', look: lookAtScanner },
	{ name: 'requires', look: lookAtModules },
	{ name: 'tarball', look: lookAtContents },
	{ name: 'sizes', look: lookAtSizes },
	test('conformance', 'test/repository/conformance.test.ts'),
	test('names', 'test/repository/names.test.ts'),
	script('docs', 'docs:check'),
	{ name: 'licences', look: lookAtLicences },
	{ name: 'signatures', look: lookAtSignatures },
];

async function main() {
	const { values, positionals: asked } = parseArgs({
		allowPositionals: true,
		options: { 'without-tests': { type: 'boolean', default: false } },
	});
	const known = GATES.map(({ name }) => name);
	const unknown = asked.filter((name) => !known.includes(name));
	if (unknown.length > 0) {
		throw new Error(`No gate ${unknown.join(', ')}. There are: ${known.join(', ')}`);
	}
	const gates = GATES.filter(({ name }) => asked.length === 0 || asked.includes(name)).filter(
		({ isTest }) => !(isTest && values['without-tests']),
	);
	const { ok, skipped, FAILED } = await passThrough(gates);
	const named = (/** @type {string[]} */ names) =>
		names.length > 0 ? ` (${names.join(', ')})` : '';
	console.log(
		`\n${ok.length} gates passed, ${skipped.length} skipped${named(skipped)}, ${FAILED.length} failed${named(FAILED)}`,
	);
	process.exitCode = FAILED.length > 0 ? 1 : 0;
}

main().catch((error) => {
	console.error(error.message);
	process.exitCode = 2;
});
