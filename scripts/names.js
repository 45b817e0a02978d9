'use strict';

const { writeFileSync } = require('node:fs');
const { basename, join } = require('node:path');
const { OUTPUT_FIELDS, outputFieldsOf } = require('../nodes/Clerk/engine/form/outputFields');
const { resources } = require('../nodes/Clerk/resources');
const { n8n } = require('../package.json');
const { ROOT } = require('./lib/files');

/**
 * Every value that n8n saves in a workflow or a credential, one a line. They are the package's API:
 * a line that goes breaks the workflows that hold it. `npm run names` writes their snapshot, which a test
 * holds them against.
 *
 * @typedef {import('n8n-workflow').INodeProperties} Property
 * @typedef {{ resource?: string, operation?: string }} Place
 */

const SNAPSHOT = join(ROOT, 'test', 'names.snapshot.txt');

/** @param {Property} property @param {Place} place */
function isShownAt({ displayOptions }, place) {
	const show = /** @type {Record<string, any[]>} */ (displayOptions?.show ?? {});
	// In a collection, their paths begin at the root.
	const { resource = show['/resource'], operation = show['/operation'] } = show;
	return (
		(!resource || resource.includes(place.resource)) &&
		(!operation || operation.includes(place.operation))
	);
}

/** The choices of one list are loaded when it is shown, and are saved like all others. @param {Property} property @param {Place} place @returns {any[]} */
function optionsOf({ name, options = [], typeOptions }, place) {
	const method = typeOptions?.loadOptionsMethod;
	if (!method) return options;
	if (method !== OUTPUT_FIELDS.typeOptions?.loadOptionsMethod) {
		throw new Error(`The choices of ${name} are not known`);
	}
	const resource = resources.find(({ value }) => value === place.resource);
	const operation = resource?.operations.find(({ value }) => value === place.operation);
	return operation ? outputFieldsOf(operation) : [];
}

/** @param {Property} property @param {string} path with the names of what it is in @param {Place} place @returns {string[]} */
function namesOf(property, path, place) {
	if (property.type === 'notice') return [];
	const nested = optionsOf(property, place).flatMap((option) => {
		// Of a choice, n8n saves only the value; what else is in `options` is properties.
		if ('value' in option) return [`${path} = ${option.value}`];
		if (!isShownAt(option, place)) return [];
		// A fixedCollection holds named groups of properties, a collection the properties themselves.
		return option.values
			? namesWithin(option.values, `${path}.${option.name}.`, place)
			: namesWithin([option], `${path}.`, place);
	});
	return [path, ...(property.modes ?? []).map(({ name }) => `${path} by ${name}`), ...nested];
}

/** @param {Property[]} properties @param {string} above @param {Place} place @returns {string[]} */
const namesWithin = (properties, above, place) =>
	properties
		.filter((one) => isShownAt(one, place))
		.flatMap((one) => namesOf(one, `${above}${one.name}`, place));

/** @param {Property[]} properties @param {string} name @param {Place} place */
const choicesOf = (properties, name, place) =>
	properties
		.filter((one) => one.name === name && isShownAt(one, place))
		.flatMap((one) => optionsOf(one, place).map(({ value }) => String(value)));

/** The names of a node or a credential. @param {{ name: string, properties: Property[] }} form */
function namesOfForm({ name, properties }) {
	const places = choicesOf(properties, 'resource', {}).flatMap((resource) =>
		choicesOf(properties, 'operation', { resource }).map((operation) => ({ resource, operation })),
	);
	if (places.length === 0) return [name, ...namesWithin(properties, `${name} `, {})];
	const fields = properties.filter((one) => !['resource', 'operation'].includes(one.name));
	const ofOperations = places.flatMap((place) => {
		const at = `${name} ${place.resource}.${place.operation}`;
		return [at, ...namesWithin(fields, `${at} `, place)];
	});
	return [name, ...ofOperations];
}

/** @param {string} file of `dist` @returns {{ name: string, properties: Property[] }} of the class that the file is named after */
function formIn(file) {
	const source = file.replace(/^dist\//, '').replace(/\.js$/, '.ts');
	// With its ending, as `Clerk.node` alone would find `Clerk.node.json`.
	const exported = require(join(ROOT, source));
	const made = new exported[basename(source).split('.')[0]]();
	return made.description ?? made;
}

const readNames = () =>
	[...new Set([...n8n.nodes, ...n8n.credentials].map(formIn).flatMap(namesOfForm))].sort();

if (require.main === module) writeFileSync(SNAPSHOT, `${readNames().join('\n')}\n`);

module.exports = { SNAPSHOT, readNames };
