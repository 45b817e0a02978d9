'use strict';

const { existsSync, mkdirSync, readFileSync, writeFileSync } = require('node:fs');
const { dirname, join, relative } = require('node:path');
const prettier = require('prettier');
const { locators } = require('../nodes/Clerk/fields/locators');
const scaffold = require('./lib/scaffold');
const { examplesOf } = require('./lib/scaffoldExamples');
const { WRITTEN_BY_HAND } = require('./lib/words');

/**
 * Starts a new operation: its file, its line in the resource's index, and its golden examples.
 *
 *     npm run scaffold -- user unban "POST /users/{user_id}/unban"
 */

const ROOT = join(__dirname, '..');
const NODE = join(ROOT, 'nodes', 'Clerk');

/** @param {string} file @param {string} text */
async function write(file, text) {
	const options = await prettier.resolveConfig(file);
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(file, await prettier.format(text, { ...options, filepath: file }));
	console.log(`wrote ${relative(ROOT, file)}`);
}

/** @param {string} file */
const read = (file) => readFileSync(file, 'utf8');

/** @param {string} file @param {import('./lib/scaffold').Planned} planned */
async function addExamples(file, planned) {
	const known = existsSync(file) ? JSON.parse(read(file)) : {};
	const all = { ...known, [planned.operation]: examplesOf(planned) };
	const sorted = Object.entries(all).sort(([a], [b]) => a.localeCompare(b, 'en'));
	await write(file, JSON.stringify(Object.fromEntries(sorted), undefined, 2));
}

/** @param {import('./lib/scaffold').Planned} planned */
async function add(planned) {
	const { resource, operation } = planned;
	const file = join(NODE, 'resources', resource, `${operation}.ts`);
	if (existsSync(file)) throw new Error(`There is a ${relative(ROOT, file)} already.`);

	const index = join(NODE, 'resources', resource, 'index.ts');
	const isNew = !existsSync(index);
	const view = join(NODE, 'views', `${resource}.ts`);
	await write(file, scaffold.operationFile(planned));
	if (!existsSync(view) && scaffold.viewOf(planned).file === resource) {
		await write(view, scaffold.viewFile(planned));
	}
	const source = isNew ? scaffold.resourceFile(planned) : read(index);
	await write(index, scaffold.withOperation(source, planned));
	if (isNew) {
		const registry = join(NODE, 'resources', 'index.ts');
		await write(registry, scaffold.withResource(read(registry), planned));
	}
	await addExamples(join(ROOT, 'test', 'examples', `${resource}.json`), planned);

	for (const name of scaffold.withoutLocator(planned)) {
		console.log(
			`no locator stands for {${name}}: add one to nodes/Clerk/fields/locators, and use it`,
		);
	}
	console.log(
		[
			`next: replace each ${WRITTEN_BY_HAND}, and complete the fields and the examples;`,
			'then npm run names -- --write, npm run schemas, npm run docs, and npm test',
		].join('\n'),
	);
}

async function main() {
	const [resource, operation, request] = process.argv.slice(2);
	if (!resource || !operation || !request) {
		throw new Error('npm run scaffold -- <resource> <operation> "<METHOD /path>"');
	}
	await add(scaffold.planOf(resource, operation, request, locators));
}

if (require.main === module) {
	main().catch((error) => {
		console.error(error.message);
		process.exitCode = 1;
	});
}

module.exports = { add };
