'use strict';

const { parseArgs } = require('node:util');
const { Advice } = require('../sandbox/n8n/advice');
const { measured, scenarioNames } = require('./lib/measured');
const { toText } = require('./lib/report');

/**
 * What a file of `scenarios/` or `occasional/` exports. A run measures this node and what a user would pick instead,
 * taking turns in the same run, so that a busy machine is busy for all of them.
 *
 * @typedef {object} Scenario
 * @property {string} title
 * @property {(options: { small: boolean }) => Promise<Findings>} run `small`: as little as shows that it works
 *
 * @typedef {object} Findings
 * @property {string[]} subjects who was measured: this node first, then what it is compared with
 * @property {string[]} conditions what someone has to know to repeat it, besides the machine
 * @property {Figure[]} figures
 *
 * @typedef {object} Figure
 * @property {string} name
 * @property {'ms' | 's' | 'bytes' | 'lines' | ''} unit
 * @property {Array<number | null>} values one a subject, null where it has none
 * @property {number} [limit] what this node's is not to exceed
 */

const usage = () => `npm run bench -- <scenario> [--json] [--small]

Scenarios: ${scenarioNames('scenarios').join(', ')}
Occasional: ${scenarioNames('occasional').join(', ')}
  --json   the figures as JSON
  --small  as little as shows that the scenario works; its times say nothing`;

/** @param {string[]} args @returns {{ name: string, json: boolean, small: boolean } | undefined} nothing where they are wrong */
function readArguments(args) {
	try {
		const { positionals, values } = parseArgs({
			args,
			allowPositionals: true,
			options: { json: { type: 'boolean' }, small: { type: 'boolean' } },
		});
		const [name, ...more] = positionals;
		// By the list, so that a name never leads out of the folder.
		if (more.length > 0 || !scenarioNames().includes(name)) return undefined;
		return { name, json: values.json === true, small: values.small === true };
	} catch {
		return undefined;
	}
}

async function main() {
	const asked = readArguments(process.argv.slice(2));
	if (!asked) {
		console.error(usage());
		process.exitCode = 2;
		return;
	}
	const { name, json, small } = asked;
	const result = await measured(name, { small });
	console.log(json ? JSON.stringify(result, null, '\t') : toText(result));
}

if (require.main === module) {
	main().catch((error) => {
		// Advice is for people; anything else is for the maintainer.
		console.error(error instanceof Advice ? error.message : error);
		process.exitCode = 1;
	});
}

module.exports = { readArguments };
