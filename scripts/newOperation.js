'use strict';

const { existsSync, readFileSync } = require('node:fs');
const { join, relative } = require('node:path');
const { mappingsIn } = require('../nodes/Clerk/engine/operation');
const { resources } = require('../nodes/Clerk/resources');
const { api } = require('./lib/clerkApi');
const { ROOT, readJson, writeFormatted } = require('./lib/files');
const texts = require('./lib/newOperation');
const { examplesOf } = require('./lib/newOperationExamples');
const { WRITTEN_BY_HAND } = require('./lib/words');

/**
 * Starts a new operation: its file, its line in the resource's index, and its golden examples, with the fields of
 * `spec/digest.json`. Workflows save the names of resource and operation.
 *
 *     npm run new-operation -- POST "/users/{user_id}/archive" user archive
 */

/** @param {string} file @param {string} text */
async function write(file, text) {
	console.log(`wrote ${await writeFormatted(file, text)}`);
}

/** @param {import('./lib/newOperation').Planned} planned */
async function add(planned) {
	const { resource, operation } = planned;
	const folder = join(ROOT, 'nodes', 'Clerk', 'resources', resource);
	const file = join(folder, `${operation}.ts`);
	if (existsSync(file)) throw new Error(`There is a ${relative(ROOT, file)} already.`);

	const index = join(folder, 'index.ts');
	const source = readFileSync(index, 'utf8');
	const examples = join('test', 'examples', `${resource}.json`);
	const present = existsSync(join(ROOT, examples)) ? readJson(examples) : {};
	const all = Object.entries({ ...present, [operation]: examplesOf(planned) });
	all.sort(([a], [b]) => a.localeCompare(b, 'en'));

	await write(file, texts.operationFile(planned));
	await write(index, texts.withExport(source, texts.exportedName(planned), operation));
	await write(join(ROOT, examples), JSON.stringify(Object.fromEntries(all), undefined, 2));
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
	if (!resources.some(({ value }) => value === resource)) {
		throw new Error(`There is no resource ${resource}. Start a new one from a copy of another.`);
	}
	const planned = texts.planOf(resource, operation, route, api);
	await add(planned);
	for (const { location, locator, wire } of planned.fields) {
		if (location === 'path' && !locator) {
			console.log(`{${wire}} has no locator: add one to nodes/Clerk/fields/locators, and use it`);
		}
	}
	console.log(`next: replace each ${WRITTEN_BY_HAND}, and continue as CONTRIBUTING.md says`);
}

if (require.main === module) {
	newOperation(process.argv.slice(2).flatMap((argument) => argument.split(' '))).catch((error) => {
		console.error(error.message);
		process.exitCode = 1;
	});
}

module.exports = { newOperation };
