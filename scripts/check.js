'use strict';

const { parseArgs } = require('node:util');
const { lookAtSizes } = require('./gates/budgets');
const { lookAtLicences } = require('./gates/licences');
const { lookAtSignatures } = require('./gates/signatures');
const { lookAtContents, lookAtModules, lookAtScanner } = require('./gates/tarball');
const { passThrough, script } = require('./lib/gates');

/**
 * Every gate, a line each: `npm run check`, or `npm run check -- types lint` for some of them.
 * With --without-tests those that `npm test` has anyway are left to it.
 */

/** @param {string} name @param {string} file */
const test = (name, file) => script(name, 'test', { args: ['--ci', file], isTest: true });

/** In this order: what looks at the tarball wants the build. @type {import('./lib/gates').Gate[]} */
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
	const { ok, skipped, FAILED } = await passThrough(gates, console.log);
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
