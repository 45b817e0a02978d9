'use strict';

const { resources } = require('../nodes/Clerk/resources');
const { describeOperations } = require('./lib/registry');

/** Prints the operations of the Clerk node: `npm run --silent operations`, as JSON with `-- --json`. */

/** @param {string[][]} rows */
function aligned(rows) {
	const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
	return rows.map((row) =>
		row
			.map((cell, column) => cell.padEnd(widths[column]))
			.join('  ')
			.trimEnd(),
	);
}

/** @param {import('./lib/registry').DescribedOperation[]} operations */
function tableOf(operations) {
	const rows = operations.map(
		({ resource, operation, method, path, list, destructive, fields }) => [
			resource,
			operation,
			`${method ?? ''} ${path ?? ''}`.trim(),
			String(fields.length),
			[list && `list (${list})`, destructive && 'destructive'].filter(Boolean).join(', '),
		],
	);
	const head = ['Resource', 'Operation', 'Request', 'Fields', 'Kind'];
	return [...aligned([head, ...rows]), '', `${operations.length} operations`].join('\n');
}

function main() {
	const operations = describeOperations(resources);
	const isJson = process.argv.includes('--json');
	console.log(isJson ? JSON.stringify(operations, undefined, '\t') : tableOf(operations));
}

if (require.main === module) main();

module.exports = { tableOf };
