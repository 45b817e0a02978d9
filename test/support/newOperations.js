'use strict';

const { newOperation } = require('../../scripts/newOperation');

/** Adds several operations to the copy that this file is in, and prints as JSON what was said to each. */

async function main() {
	const print = console.log;
	/** @type {string[]} */
	const said = [];
	for (const given of JSON.parse(process.argv[2])) {
		/** @type {string[]} */
		const lines = [];
		console.log = (line) => lines.push(line);
		await newOperation(given).catch((error) => lines.push(error.message));
		said.push(lines.join('\n'));
	}
	print(JSON.stringify(said));
}

void main();
