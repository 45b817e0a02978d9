'use strict';

const { readdirSync } = require('node:fs');
const { cpus, loadavg, totalmem } = require('node:os');
const { basename, join } = require('node:path');

const SCENARIOS = join(__dirname, '..', 'scenarios');

/** @typedef {import('../run').Findings & { scenario: string, title: string, small: boolean, date: string, machine: string }} Result */

/** What can be measured, by the names of the files. */
const scenarioNames = () =>
	readdirSync(SCENARIOS)
		.filter((file) => file.endsWith('.js'))
		.map((file) => basename(file, '.js'))
		.sort();

/** Figures say little without what they were measured on. */
function machine() {
	const processors = cpus();
	const gigabytes = Math.round(totalmem() / 2 ** 30);
	const model = processors[0]?.model.trim().replace(/\s+/g, ' ') || process.arch;
	return `${processors.length} × ${model}, ${gigabytes} GB, ${process.platform}`;
}

/**
 * @param {string} scenario the name of a file in `scenarios/`
 * @param {{ small?: boolean }} [options]
 * @returns {Promise<Result>}
 */
async function measured(scenario, { small = false } = {}) {
	/** @type {import('../run').Scenario} */
	const { title, run } = require(join(SCENARIOS, `${scenario}.js`));
	const date = new Date().toISOString().slice(0, 10);
	const findings = await run({ small });
	// More than there are processors, and what took long had to wait for others.
	const load = `load average ${loadavg()[0].toFixed(1)} at the end`;
	const conditions = [...findings.conditions, load];
	return { scenario, title, small, date, machine: machine(), ...findings, conditions };
}

module.exports = { measured, scenarioNames };
