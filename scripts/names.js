'use strict';

const { existsSync, readFileSync, writeFileSync } = require('node:fs');
const { basename, join } = require('node:path');
const { n8n } = require('../package.json');
const { OUTPUT_FIELDS, outputFieldsOf } = require('../nodes/Clerk/engine/form/outputFields.ts');
const { resources } = require('../nodes/Clerk/resources/index.ts');
const { ROOT } = require('./lib/files');

/**
 * Every value that n8n saves in a workflow or a credential, one a line. They are the package's API:
 * a line that goes breaks the workflows that hold it. `npm run names` shows how they differ from the
 * snapshot, `npm run names -- --write` takes them over.
 *
 * @typedef {import('n8n-workflow').INodeProperties} Property
 * @typedef {import('n8n-workflow').INodePropertyOptions} Choice
 * @typedef {{ resource?: string, operation?: string }} Place
 */

const SNAPSHOT = join(ROOT, 'test', 'names.snapshot.txt');

/** Of both, n8n saves only the value; what else is in `options` is properties. @param {any} option @returns {option is Choice} */
const isChoice = (option) => 'value' in option;

/**
 * @param {Property} property
 * @param {string} path with the names of what it is in
 * @param {Place} [place]
 * @returns {string[]}
 */
function namesOf(property, path, place = {}) {
	if (property.type === 'notice') return [];
	const options = /** @type {any[]} */ (property.options ?? []).filter(
		(option) => isChoice(option) || isShownAt(option, place),
	);
	const choices = options.filter(isChoice).map(({ value }) => `${path} = ${value}`);
	const modes = (property.modes ?? []).map(({ name }) => `${path} by ${name}`);
	const nested = options
		.filter((option) => !isChoice(option))
		.flatMap((option) =>
			// A fixedCollection holds named groups of properties, a collection the properties themselves.
			'values' in option
				? option.values.flatMap((/** @type {Property} */ inner) =>
						namesOf(inner, `${path}.${option.name}.${inner.name}`),
					)
				: namesOf(option, `${path}.${option.name}`),
		);
	return [path, ...choices, ...modes, ...nested];
}

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

/** @param {Property[]} properties @param {string} name @param {Place} place @returns {string[]} */
const choicesOf = (properties, name, place) =>
	properties
		.filter((property) => property.name === name && isShownAt(property, place))
		.flatMap(({ options = [] }) =>
			/** @type {any[]} */ (options).map(({ value }) => String(value)),
		);

/**
 * @param {string} node
 * @param {Property[]} properties
 * @returns {string[]}
 */
function namesOfForm(node, properties) {
	const resources = choicesOf(properties, 'resource', {});
	if (resources.length === 0) {
		return properties.flatMap((property) => namesOf(property, `${node} ${property.name}`));
	}
	return resources.flatMap((resource) =>
		choicesOf(properties, 'operation', { resource }).flatMap((operation) => {
			const place = `${node} ${resource}.${operation}`;
			const shown = properties.filter(
				(property) =>
					property.name !== 'resource' &&
					property.name !== 'operation' &&
					isShownAt(property, { resource, operation }),
			);
			return [
				place,
				...shown.flatMap((property) =>
					namesOf(withChoices(property, resource, operation), `${place} ${property.name}`, {
						resource,
						operation,
					}),
				),
			];
		}),
	);
}

/**
 * The choices of one list are loaded when it is shown, and are saved like all others.
 *
 * @param {Property} property @param {string} resource @param {string} operation @returns {Property}
 */
function withChoices(property, resource, operation) {
	const { loadOptionsMethod: method } = property.typeOptions ?? {};
	if (!method) return property;
	if (method !== OUTPUT_FIELDS.typeOptions?.loadOptionsMethod) {
		throw new Error(`The choices of ${property.name} are not known`);
	}
	const { operations = [] } = resources.find(({ value }) => value === resource) ?? {};
	const found = operations.find(({ value }) => value === operation);
	return { ...property, options: found ? outputFieldsOf(found) : [] };
}

/** @param {string} file of `dist` @returns {any} an instance of the class that the file is named after */
function instantiate(file) {
	const source = file.replace(/^dist\//, '').replace(/\.js$/, '.ts');
	// With its ending, as `Clerk.node` alone would find `Clerk.node.json`.
	const exported = require(join(ROOT, source));
	return new exported[basename(source).split('.')[0]]();
}

/** @returns {string[]} sorted */
function readNames() {
	const nodes = n8n.nodes
		.map(instantiate)
		.flatMap(({ description }) => [
			description.name,
			...namesOfForm(description.name, description.properties),
		]);
	const credentials = n8n.credentials
		.map(instantiate)
		.flatMap(({ name, properties }) => [name, ...namesOfForm(name, properties)]);
	return [...new Set([...nodes, ...credentials])].sort();
}

/** The names of the snapshot. @returns {string[]} */
const readSnapshot = () =>
	existsSync(SNAPSHOT) ? readFileSync(SNAPSHOT, 'utf8').split('\n').filter(Boolean) : [];

/** Returns what to read where the names are not those of the snapshot; nothing where they are. */
function differenceFromSnapshot() {
	const [before, now] = [readSnapshot(), readNames()];
	const removed = before.filter((name) => !now.includes(name));
	const added = now.filter((name) => !before.includes(name));
	if (removed.length + added.length === 0) return '';
	return [
		...removed.map((name) => `- ${name}`),
		...added.map((name) => `+ ${name}`),
		'',
		removed.length > 0
			? 'A removed line is a breaking change: saved workflows hold that name. Bring it back, or release a major version.'
			: 'Nothing is removed, so no saved workflow breaks.',
		'If it is as it should be: npm run names -- --write',
	].join('\n');
}

function main() {
	if (process.argv.includes('--write')) {
		const names = readNames();
		writeFileSync(SNAPSHOT, `${names.join('\n')}\n`);
		console.log(`${names.length} names`);
		return;
	}
	const difference = differenceFromSnapshot();
	console.log(difference || `${readSnapshot().length} names, all as in the snapshot`);
	process.exitCode = difference ? 1 : 0;
}

if (require.main === module) main();

module.exports = { differenceFromSnapshot };
