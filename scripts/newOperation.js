'use strict';

const { existsSync, readFileSync } = require('node:fs');
const { join, relative } = require('node:path');
const { mappingsIn, methodOf, pathOf } = require('../nodes/Clerk/engine/operation');
const { resources } = require('../nodes/Clerk/resources');
const { api: digest } = require('./lib/clerkApi');
const { ROOT, writeFormatted } = require('./lib/files');
const texts = require('./lib/newOperation');
const { examplesOf } = require('./lib/newOperationExamples');
const { namesFor } = require('./lib/newOperationNames');
const { WRITTEN_BY_HAND } = require('./lib/words');

/**
 * Starts a new operation: its file, its line in the resource's index, and its golden examples. Its
 * fields are those of `spec/digest.json`, its names like those of its neighbours.
 *
 *     npm run new-operation -- POST "/users/{user_id}/archive"
 *     npm run new-operation -- POST "/users/{user_id}/archive" user archive    under names of your own
 */

const NODE = join(ROOT, 'nodes', 'Clerk');

/** @param {string} file @param {string} text */
async function write(file, text) {
	console.log(`wrote ${await writeFormatted(file, text)}`);
}

/** @param {string} file */
const read = (file) => readFileSync(file, 'utf8');

/** @param {string[]} given */
function plan([method = '', path = '', givenResource, givenOperation]) {
	if (!method || !path)
		throw new Error('npm run new-operation -- <METHOD> "</path>" [resource operation]');
	const verb = method.toUpperCase();
	const request = `${verb} ${path}`;
	const known = resources.flatMap((resource) =>
		mappingsIn(resource).map((mapping) => ({
			resource: resource.value,
			operation: mapping.value,
			method: methodOf(mapping),
			path: pathOf(mapping),
		})),
	);
	const present = known.find((one) => `${one.method} ${one.path}` === request);
	if (present)
		throw new Error(`${request} is there already: ${present.resource}.${present.operation}`);
	const { resource, operation } = namesFor(verb, path, known);
	return texts.planOf(givenResource ?? resource, givenOperation ?? operation, request, digest);
}

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
		await write(index, texts.withOperation(read(index), planned));
	} else {
		await write(index, texts.resourceFile(planned));
		const registry = join(NODE, 'resources', 'index.ts');
		await write(registry, texts.withResource(read(registry), planned));
	}
	const examples = join(ROOT, 'test', 'examples', `${resource}.json`);
	const known = existsSync(examples) ? JSON.parse(read(examples)) : {};
	const all = Object.entries({ ...known, [operation]: examplesOf(planned) });
	all.sort(([a], [b]) => a.localeCompare(b, 'en'));
	await write(examples, JSON.stringify(Object.fromEntries(all), undefined, 2));
}

/** @param {string[]} given the arguments of the command */
async function newOperation(given) {
	const planned = plan(given);
	const { resource, operation, method, path, fields } = planned;
	const route = `${method} ${path}`;
	console.log(
		`${route} becomes ${resource}.${operation}. Workflows save these names, so choose well; for others:\n` +
			`npm run new-operation -- ${method} "${path}" <resource> <operation>\n`,
	);
	await add(planned);
	const hints = [
		!digest.operations[route] &&
			"spec/digest.json has no such route: take Clerk's document over first (npm run spec:digest), or add the fields by hand",
		...fields
			.filter(({ location, locator }) => location === 'path' && !locator)
			.map(
				({ wire }) =>
					`no locator for {${wire}}: add one to nodes/Clerk/fields/locators, and use it here`,
			),
		`next: replace each ${WRITTEN_BY_HAND}, then npm run docs, schemas and names -- --write, and npm run test:quick`,
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
