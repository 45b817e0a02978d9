'use strict';

const { existsSync, readFileSync } = require('node:fs');
const { join, relative } = require('node:path');
const { mappingsIn } = require('../nodes/Clerk/engine/operation');
const { resources } = require('../nodes/Clerk/resources');
const { api } = require('./lib/clerkApi');
const { ROOT, writeFormatted } = require('./lib/files');
const texts = require('./lib/newOperation');
const { examplesOf } = require('./lib/newOperationExamples');
const { WRITTEN_BY_HAND } = require('./lib/words');

/**
 * Starts a new operation: its file, its line in the resource's index, and its golden examples, with the fields of
 * `spec/digest.json`. Workflows save the names of resource and operation.
 *
 *     npm run new-operation -- POST "/users/{user_id}/archive" user archive
 */

const NODE = join(ROOT, 'nodes', 'Clerk');

/** @param {string} file @param {string} text */
async function write(file, text) {
	console.log(`wrote ${await writeFormatted(file, text)}`);
}

/** @param {string} file */
const read = (file) => readFileSync(file, 'utf8');

/** @param {import('./lib/newOperation').Planned} planned */
async function add(planned) {
	const { resource, operation } = planned;
	const file = join(NODE, 'resources', resource, `${operation}.ts`);
	if (existsSync(file)) throw new Error(`There is a ${relative(ROOT, file)} already.`);

	await write(file, texts.operationFile(planned));
	const view = join(NODE, 'views', `${resource}.ts`);
	if (!existsSync(view) && texts.viewOf(planned).file === resource) {
		await write(view, texts.viewFile(planned));
	}
	const index = join(NODE, 'resources', resource, 'index.ts');
	if (existsSync(index)) {
		await write(index, texts.withExport(read(index), texts.exportedName(planned), operation));
	} else {
		await write(index, texts.resourceFile(planned));
		const registry = join(NODE, 'resources', 'index.ts');
		await write(registry, texts.withExport(read(registry), resource, resource));
	}
	const examples = join(ROOT, 'test', 'examples', `${resource}.json`);
	const known = existsSync(examples) ? JSON.parse(read(examples)) : {};
	const all = Object.entries({ ...known, [operation]: examplesOf(planned) });
	all.sort(([a], [b]) => a.localeCompare(b, 'en'));
	await write(examples, JSON.stringify(Object.fromEntries(all), undefined, 2));
}

/** @param {string[]} given the arguments of the command */
async function newOperation([method = '', path = '', resource = '', operation = '']) {
	if (!operation)
		throw new Error('npm run new-operation -- <METHOD> "</path>" <resource> <operation>');
	const route = `${method.toUpperCase()} ${path}`;
	for (const one of resources) {
		const present = mappingsIn(one).find(({ request }) => request === route);
		if (present) throw new Error(`${route} is there already: ${one.value}.${present.value}`);
	}
	const planned = texts.planOf(resource, operation, route, api);
	await add(planned);
	const hints = [
		!api.operations[route] &&
			"spec/digest.json has no such route: take Clerk's document over first (npm run spec:digest), or add the fields by hand",
		...planned.fields
			.filter(({ location, locator }) => location === 'path' && !locator)
			.map(
				({ wire }) =>
					`no locator for {${wire}}: add one to nodes/Clerk/fields/locators, and use it here`,
			),
		`next: replace each ${WRITTEN_BY_HAND}, then npm run docs, schemas and names, and npm run test:quick`,
	];
	for (const hint of hints.filter(Boolean)) console.log(`\n${hint}`);
}

if (require.main === module) {
	newOperation(process.argv.slice(2).flatMap((argument) => argument.split(' '))).catch((error) => {
		console.error(error.message);
		process.exitCode = 1;
	});
}

module.exports = { newOperation };
