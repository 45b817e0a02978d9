'use strict';

const { resources } = require('../nodes/Clerk/resources');
const { locators } = require('../nodes/Clerk/fields/locators');
const digest = require('../spec/digest.json');
const { namesFor } = require('./lib/naming');
const { describeOperations } = require('./lib/registry');
const { planOf } = require('./lib/scaffold');
const { add } = require('./scaffold');

/**
 * Starts an operation that Clerk's document has and the node has not: as `npm run scaffold`, with its
 * fields from `spec/digest.json`, under names like those of its neighbours.
 *
 *     npm run new-operation -- POST /users/{user_id}/archive
 *     npm run new-operation -- POST /users/{user_id}/archive user archive    under names of your own
 */

async function main() {
	const [method, path, givenResource, givenOperation] = process.argv
		.slice(2)
		.flatMap((argument) => argument.split(' '));
	if (!method || !path)
		throw new Error('npm run new-operation -- <METHOD> </path> [resource operation]');
	const request = `${method.toUpperCase()} ${path}`;
	const facts = /** @type {Record<string, import('./lib/digest').OperationFacts>} */ (
		/** @type {any} */ (digest.operations)
	)[request];
	if (!facts) {
		throw new Error(
			`spec/digest.json has no ${request}. Take Clerk's document over first: npm run spec:digest -- <file or url>`,
		);
	}
	const known = describeOperations(resources).flatMap((one) =>
		one.method && one.path ? [{ ...one, method: one.method, path: one.path }] : [],
	);
	const present = known.find((one) => `${one.method} ${one.path}` === request);
	if (present)
		throw new Error(`${request} is there already: ${present.resource}.${present.operation}`);

	const guess = namesFor(method.toUpperCase(), path, known);
	const resource = givenResource ?? guess.resource;
	const operation = givenOperation ?? guess.operation;
	console.log(
		`${request} becomes ${resource}.${operation}. Workflows save these names, so choose well; for others:\n` +
			`npm run new-operation -- ${request} <resource> <operation>\n`,
	);
	const record = /** @type {Record<string, object>} */ (digest.records)[facts.answer ?? ''];
	await add({ ...planOf(resource, operation, request, locators, facts), record });
}

main().catch((error) => {
	console.error(error.message);
	process.exitCode = 1;
});
