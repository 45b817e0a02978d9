'use strict';

const { lookAtSizes } = require('./gates/budgets');
const { lookAtLicences } = require('./gates/licences');
const { lookAtSignatures } = require('./gates/signatures');
const { lookAtContents, lookAtScanner } = require('./gates/tarball');
const { run } = require('./lib/run');

/**
 * Every gate, a line each: `npm run check`, or `npm run check -- types lint` for some of them;
 * `package` and `sources` are those of what was built, and the others.
 * Tests are not among them: `npm test` runs those.
 *
 * @typedef {object} Verdict
 * @property {string[]} findings what is wrong; none where it passed
 * @property {string} [said] what is worth knowing of one that passed
 * @property {string} [skipped] why nothing could be looked at
 *
 * @typedef {() => Verdict | Promise<Verdict>} Look
 */

/**
 * @param {string} name of a script of package.json
 * @param {{ refuse?: RegExp }} [options] `refuse`: what it may not say although it passed
 * @returns {Look}
 */
const script =
	(name, { refuse } = {}) =>
	async () => {
		const { code, output } = await run('npm', ['run', '--silent', name]);
		const passed = code === 0 && !refuse?.test(output);
		return { findings: passed ? [] : [output.trim() || `ended with ${code}`] };
	};

/** One after the other: the others need the build. @type {Record<string, Look>} */
const OF_PACKAGE = {
	build: script('build'),
	scanner: lookAtScanner,
	requires: script('lint:requires'),
	tarball: lookAtContents,
	sizes: lookAtSizes,
};

/** In any order. @type {Record<string, Look>} */
const OF_SOURCES = {
	types: script('typecheck'),
	format: script('format:check'),
	lint: script('lint', { refuse: /\bwarnings?\b/ }),
	imports: script('lint:imports'),
	form: script('lint:form'),
	docs: script('docs:check'),
	licences: lookAtLicences,
	signatures: lookAtSignatures,
};

const GATES = { ...OF_PACKAGE, ...OF_SOURCES };

/** @type {Record<string, string[]>} */
const GROUPS = { package: Object.keys(OF_PACKAGE), sources: Object.keys(OF_SOURCES) };

/** Gates that run beside each other: most use one core, and CI has two. */
const AT_ONCE = 2;

const WIDTH = Math.max(...Object.keys(GATES).map(({ length }) => length));

/** Says and returns how a gate ended; what it throws is a finding. @param {string} name */
async function runGate(name) {
	const began = Date.now();
	/** @type {Verdict} */
	const { findings, said, skipped } = await Promise.resolve()
		.then(GATES[name])
		.catch((error) => ({ findings: [String(error?.message ?? error)] }));
	const result = findings.length > 0 ? 'FAILED' : skipped ? 'skipped' : 'ok';
	const seconds = `${Math.round((Date.now() - began) / 1000)} s`;
	const columns = [name.padEnd(WIDTH), result.padEnd(7), seconds.padStart(5), skipped ?? said];
	console.log(columns.join('  ').trimEnd());
	for (const finding of findings) console.log(finding.replace(/^/gm, '    '));
	return result;
}

async function main() {
	const asked = process.argv.slice(2).flatMap((name) => GROUPS[name] ?? name);
	const known = Object.keys(GATES);
	const unknown = asked.filter((name) => !known.includes(name));
	if (unknown.length > 0) {
		throw new Error(`No gate ${unknown.join(', ')}. There are: ${known.join(', ')}`);
	}
	/** @type {Record<string, string[]>} */
	const names = { ok: [], skipped: [], FAILED: [] };
	const left = [GROUPS.package, ...GROUPS.sources.map((name) => [name])].values();
	// All of them, also after one that did not pass.
	const runSome = async () => {
		for (const gates of left) {
			for (const name of gates) {
				if (asked.length === 0 || asked.includes(name)) names[await runGate(name)].push(name);
			}
		}
	};
	await Promise.all(Array.from({ length: AT_ONCE }, runSome));
	const [skipped, failed] = [names.skipped, names.FAILED].map((some) =>
		some.length > 0 ? `${some.length} (${some.join(', ')})` : '0',
	);
	console.log(`\nGates passed: ${names.ok.length}, skipped: ${skipped}, failed: ${failed}`);
	process.exitCode = names.FAILED.length > 0 ? 1 : 0;
}

main().catch((error) => {
	console.error(error.message);
	process.exitCode = 2;
});
