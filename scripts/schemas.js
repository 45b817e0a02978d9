/**
 * Writes the output schemas that n8n's editor shows: `npm run schemas`. With --check, only says
 * whether they are up to date.
 */
const {
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	rmSync,
	writeFileSync,
} = require('node:fs');
const { dirname, join, relative } = require('node:path');
const { resources } = require('../nodes/Clerk/resources');
const { api } = require('./lib/clerkApi');
const { ROOT, formatted } = require('./lib/files');
const { outputSchemaOf } = require('./lib/schema');

/** n8n looks them up by the node's version. */
const FOLDER = join(ROOT, 'nodes', 'Clerk', '__schema__', 'v1.0.0');

async function wanted() {
	/** @type {Map<string, string>} */
	const files = new Map();
	for (const { value, operations } of resources) {
		for (const operation of operations) {
			const schema = outputSchemaOf(operation, api);
			if (!schema) continue;
			const file = join(FOLDER, value, `${operation.value}.json`);
			files.set(file, await formatted(file, JSON.stringify(schema)));
		}
	}
	return files;
}

const present = () =>
	existsSync(FOLDER)
		? readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
				.filter((file) => file.endsWith('.json'))
				.map((file) => join(FOLDER, file))
		: [];

async function main() {
	const files = await wanted();
	const odd = present().filter((file) => !files.has(file));
	const stale = [...files].filter(
		([file, text]) => !existsSync(file) || readFileSync(file, 'utf8') !== text,
	);
	if (process.argv.includes('--check')) {
		const names = [...odd, ...stale.map(([file]) => file)].map((file) => relative(ROOT, file));
		if (names.length > 0) console.log(`Out of date: run "npm run schemas".\n${names.join('\n')}`);
		process.exitCode = names.length > 0 ? 1 : 0;
		return;
	}
	for (const file of odd) rmSync(file);
	for (const [file, text] of stale) {
		mkdirSync(dirname(file), { recursive: true });
		writeFileSync(file, text);
	}
	console.log(
		`${files.size} output schemas, ${stale.length} of them written, ${odd.length} removed`,
	);
}

void main();
