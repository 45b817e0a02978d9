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

function readArguments() {
	try {
		return parseArgs({
			allowPositionals: true,
			options: { json: { type: 'boolean' }, small: { type: 'boolean' } },
		});
	} catch (error) {
		console.error(/** @type {Error} */ (error).message);
		return undefined;
	}
}

async function main() {
	const read = readArguments();
	const [name, ...more] = read?.positionals ?? [];
	// By the list, so that a name never leads out of the folder.
	if (!read || more.length > 0 || !scenarioNames().includes(name)) {
		console.error(usage());
		process.exitCode = 2;
		return;
	}
	const { json = false, small = false } = read.values;
	const result = await measured(name, { small });
	console.log(json ? JSON.stringify(result, null, '\t') : toText(result));
}

main().catch((error) => {
	// Advice is for people; anything else is for the maintainer.
	console.error(error instanceof Advice ? error.message : error);
	process.exitCode = 1;
});
