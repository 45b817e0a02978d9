/**
 * Writes the generated part of the README: the table of operations. With --check, only says whether
 * it is up to date.
 */
const { readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { format, resolveConfig } = require('prettier');
const { resources } = require('../nodes/Clerk/resources');

const README = join(__dirname, '..', 'README.md');
const START = '<!-- operations -->';
const END = '<!-- /operations -->';

function table() {
	const rows = [...resources]
		.sort((a, b) => a.name.localeCompare(b.name, 'en'))
		.map(({ name, operations }) => {
			const names = operations.map((operation) => operation.name).sort();
			return `| ${name} | ${names.join(', ')} |`;
		});
	return ['| Resource | Operations |', '| --- | --- |', ...rows].join('\n');
}

/** @type {(text: string) => string} */
function upToDate(text) {
	const start = text.indexOf(START) + START.length;
	const end = text.indexOf(END);
	return `${text.slice(0, start)}\n\n${table()}\n\n${text.slice(end)}`;
}

async function main() {
	const written = readFileSync(README, 'utf8');
	const options = await resolveConfig(README);
	const wanted = await format(upToDate(written), { ...options, parser: 'markdown' });
	if (!process.argv.includes('--check')) {
		writeFileSync(README, wanted);
	} else if (written !== wanted) {
		console.log('README.md is out of date: run "npm run docs".');
		process.exitCode = 1;
	}
}

void main();
