'use strict';

const { readFileSync, readdirSync } = require('node:fs');
const { cpus, loadavg, totalmem } = require('node:os');
const { join, parse } = require('node:path');
const { parseArgs } = require('node:util');
const { ROOT, filledIn, formatted, writeFormatted } = require('../scripts/lib/files');
const { Advice } = require('../sandbox/n8n/advice');
const { toMarkdown } = require('./lib/report');

/**
 * What a file of `scenarios/` or `occasional/` exports. A run measures this node and what a user would pick instead,
 * taking turns in the same run, so that a busy machine is busy for all of them. It closes nothing: what it starts
 * ends with the process.
 *
 * @typedef {object} Scenario
 * @property {string} title
 * @property {{ small: any, whole: any }} sizes `small`: as little as shows that it works
 * @property {(size: any) => Promise<Findings>} run
 *
 * @typedef {object} Findings
 * @property {string[]} subjects who was measured: this node first, then what it is compared with
 * @property {string[]} conditions what someone has to know to repeat it, besides the machine
 * @property {Figure[]} figures
 *
 * @typedef {object} Figure
 * @property {string} name
 * @property {'ms' | 's' | 'bytes' | 'lines' | ''} unit
 * @property {Array<number | null>} values one a subject, null or nothing where it has none
 * @property {number} [limit] what this node's is not to exceed
 *
 * @typedef {Findings & { scenario: string, title: string, small: boolean, date: string, machine: string }} Result
 */

const DOCUMENT = join(ROOT, 'docs', 'benchmarks.md');

/** @param {string} group @returns {string[]} */
const namesIn = (group) =>
	readdirSync(join(__dirname, group))
		.filter((file) => file.endsWith('.js'))
		.map((file) => parse(file).name)
		.sort();

/** What a change may slow down, and what is measured less often. */
const SCENARIOS = { scenarios: namesIn('scenarios'), occasional: namesIn('occasional') };

const usage = () => `npm run bench -- <scenario> [--json] [--small | --write]

Scenarios: ${SCENARIOS.scenarios.join(', ')}
Occasional: ${SCENARIOS.occasional.join(', ')}
  --json   the figures as JSON
  --small  as little as shows that the scenario works; its times say nothing
  --write  puts the table into docs/benchmarks.md, too`;

/** Figures say little without what they were measured on. */
function machine() {
	const [processor] = cpus();
	const gigabytes = Math.round(totalmem() / 2 ** 30);
	const model = processor?.model.trim().replace(/\s+/g, ' ') || process.arch;
	return `${cpus().length} × ${model}, ${gigabytes} GB, ${process.platform}`;
}

/** @param {{ name: string, small: boolean }} asked @returns {Promise<Result>} */
async function measure({ name: scenario, small }) {
	const group = SCENARIOS.scenarios.includes(scenario) ? 'scenarios' : 'occasional';
	/** @type {Scenario} */
	const { title, sizes, run } = require(join(__dirname, group, scenario));
	const date = new Date().toISOString().slice(0, 10);
	const { subjects, conditions, figures } = await run(small ? sizes.small : sizes.whole);
	// More than there are processors, and what took long had to wait for others.
	const load = `load average ${loadavg()[0].toFixed(1)} at the end`;
	return {
		...{ scenario, title, small, date, machine: machine(), subjects },
		conditions: [...conditions, load],
		figures: figures.map((figure) => ({
			...figure,
			values: subjects.map((_, subject) => figure.values[subject] ?? null),
		})),
	};
}

/** @param {string[]} args @returns {{ name: string, json: boolean, small: boolean, write: boolean } | undefined} nothing where they are wrong */
function readArguments(args) {
	const flag = /** @type {const} */ ({ type: 'boolean', default: false });
	const options = { json: flag, small: flag, write: flag };
	try {
		const { positionals, values } = parseArgs({ args, allowPositionals: true, options });
		const [name, ...more] = positionals;
		// By the list, so that a name never leads out of the folder.
		const isKnown = more.length === 0 && Object.values(SCENARIOS).flat().includes(name);
		return isKnown && !(values.small && values.write) ? { name, ...values } : undefined;
	} catch {
		return undefined;
	}
}

async function main() {
	const asked = readArguments(process.argv.slice(2));
	if (!asked) {
		console.error(usage());
		return 2;
	}
	const place = `figures: ${asked.name}`;
	// A table without a place is known before minutes of measuring.
	if (asked.write) filledIn(readFileSync(DOCUMENT, 'utf8'), place, '');
	const result = await measure(asked);
	const table = toMarkdown(result);
	const page = await formatted('bench.md', `# ${result.title}\n\n${table}`);
	console.log(asked.json ? JSON.stringify(result) : page);
	if (asked.write) {
		await writeFormatted(DOCUMENT, filledIn(readFileSync(DOCUMENT, 'utf8'), place, table));
	}
	return 0;
}

if (require.main === module) {
	main()
		.catch((error) => {
			// Advice is for people; anything else is for the maintainer.
			console.error(error instanceof Advice ? error.message : error);
			return 1;
		})
		.then(process.exit);
}

module.exports = { SCENARIOS, readArguments };
