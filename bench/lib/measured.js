'use strict';

const { readdirSync } = require('node:fs');
const { cpus, loadavg, totalmem } = require('node:os');
const { basename, join } = require('node:path');

/** What a change may slow down, and what is measured less often. */
const GROUPS = ['scenarios', 'occasional'];

/** @typedef {import('../run').Findings & { scenario: string, title: string, small: boolean, date: string, machine: string }} Result */

/** What can be measured: the folder of each scenario, by the name of its file. @type {Record<string, string>} */
const FOLDERS = Object.fromEntries(
	GROUPS.flatMap((group) =>
		readdirSync(join(__dirname, '..', group))
			.filter((file) => file.endsWith('.js'))
			.sort()
			.map((file) => [basename(file, '.js'), group]),
	),
);

/** @param {string} [group] all, if left out */
const scenarioNames = (group) =>
	Object.keys(FOLDERS).filter((name) => !group || FOLDERS[name] === group);

/** Figures say little without what they were measured on. */
function machine() {
	const processors = cpus();
	const gigabytes = Math.round(totalmem() / 2 ** 30);
	const model = processors[0]?.model.trim().replace(/\s+/g, ' ') || process.arch;
	return `${processors.length} × ${model}, ${gigabytes} GB, ${process.platform}`;
}

/**
 * @param {string} scenario one of `scenarioNames`
 * @param {{ small?: boolean }} [options]
 * @returns {Promise<Result>}
 */
async function measured(scenario, { small = false } = {}) {
	/** @type {import('../run').Scenario} */
	const { title, run } = require(join(__dirname, '..', FOLDERS[scenario], scenario));
	const date = new Date().toISOString().slice(0, 10);
	const findings = await run({ small });
	// More than there are processors, and what took long had to wait for others.
	const load = `load average ${loadavg()[0].toFixed(1)} at the end`;
	const conditions = [...findings.conditions, load];
	return { scenario, title, small, date, machine: machine(), ...findings, conditions };
}

module.exports = { measured, scenarioNames };
