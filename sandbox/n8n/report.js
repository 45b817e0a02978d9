'use strict';

const Table = require('cli-table3');

const ROWS_SHOWN = 25;

/** @param {string} key lastActive -> last active */
const heading = (key) => key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** @param {unknown} value */
const cell = (value) => (typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value ?? ''));

/** No lines but one under the headings. */
const CHARS = Object.fromEntries(Object.keys(new Table().options.chars).map((edge) => [edge, '']));

/** @param {import('./api').Item[]} items */
function tableOf(items) {
	const keys = Object.keys(items[0]?.json ?? {});
	const headings = keys.map(heading);
	const lines = headings.map((each) => '─'.repeat(each.length));
	const table = new Table({
		chars: { ...CHARS, middle: '  ' },
		style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] },
	});
	table.push(headings, lines);
	for (const { json } of items.slice(0, ROWS_SHOWN)) table.push(keys.map((key) => cell(json[key])));
	return `\n${table.toString()}`;
}

/**
 * The examples end in one row per user; what follows those rows is their summary.
 *
 * @param {import('./api').Workflow} workflow
 * @param {import('./api').Run} run
 */
function printRun({ name }, { status, data, error }) {
	console.log(`\n${name}: ${status}`);
	if (error) console.log(`${error.node?.name ?? 'The workflow'}: ${error.message}`);
	if (error?.description) console.log(error.description);
	const rows = data['One Row per User'] ?? [];
	if (status === 'success' && rows.length === 0) console.log('No user is inactive.');
	const last = data['Longest Away First'] ?? rows;
	if (last.length > 0) console.log(tableOf(last));
	if (last.length > ROWS_SHOWN) console.log(`… and ${last.length - ROWS_SHOWN} more`);
	if (data.Summary?.length) console.log(tableOf(data.Summary));
}

module.exports = { printRun };
