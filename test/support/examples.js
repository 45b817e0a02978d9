'use strict';

const { readdirSync, readFileSync } = require('node:fs');
const { basename, join } = require('node:path');
const { binaryFile } = require('./host');

/**
 * The golden examples: parameters of the form and the requests that they send. Written by hand from
 * Clerk's document, never generated from the code.
 *
 * @typedef {object} Example
 * @property {Record<string, any>} parameters as n8n saves them
 * @property {Record<string, FileOfExample>} [binary] the files of the item, by the name of their field
 * @property {import('./recorder').WireRequest[]} requests
 * @property {Record<string, any>} [refused] fields that must not be emptied, each with its empty value
 * @property {import('./sdk').SdkExample} [sdk] the same call through Clerk's own SDK
 *
 * @typedef {{ fileName: string, mimeType: string, content: string }} FileOfExample
 * @typedef {{ resource: string, operation: string, examples: Record<string, Example> }} Golden
 */

const FOLDER = join(__dirname, '..', 'examples');

/** @returns {Golden[]} */
function readExamples() {
	return readdirSync(FOLDER)
		.filter((file) => file.endsWith('.json'))
		.sort()
		.flatMap((file) => {
			/** @type {Record<string, Record<string, Example>>} */
			const operations = JSON.parse(readFileSync(join(FOLDER, file), 'utf8'));
			const resource = basename(file, '.json');
			return Object.entries(operations).map(([operation, examples]) => ({
				resource,
				operation,
				examples,
			}));
		});
}

/** Returns the file and the key of an operation's examples. @param {string} resource @param {string} operation */
const locationOf = (resource, operation) => `test/examples/${resource}.json: key "${operation}"`;

/** Returns the value at a path such as `filters.emailAddress`; in rows, that of the first row that has it. @param {any} values @param {string} path */
const valueAt = (values, path) =>
	path
		.split('.')
		.reduce(
			(at, name) =>
				Array.isArray(at) ? at.find((row) => row?.[name] !== undefined)?.[name] : at?.[name],
			values,
		);

/** @param {any} values @param {string} path */
const hasAt = (values, path) => valueAt(values, path) !== undefined;

/** Returns a copy of `values` with another value at a path such as `filters.emailAddress`. @param {any} values @param {string} path @param {unknown} value */
function withValueAt(values, path, value) {
	const copy = structuredClone(values);
	const names = path.split('.');
	const last = names.pop() ?? '';
	let at = copy;
	for (const name of names) at = at[name] ??= {};
	at[last] = value;
	return copy;
}

/** Returns the names of all parameters in `values`, with the name of their collection before them. @param {Record<string, any>} values */
const namesIn = (values) =>
	Object.entries(values).flatMap(([name, value]) => {
		const isCollection = value !== null && typeof value === 'object' && !('__rl' in value);
		return isCollection && !Array.isArray(value)
			? Object.keys(value).map((inner) => `${name}.${inner}`)
			: [name];
	});

/** Returns a body, or each entry of a batch. @param {unknown} body @returns {object[]} */
const entriesOf = (body) => (Array.isArray(body) ? body : [body ?? {}]);

/** Returns the input items of an example. @param {Pick<Example, 'binary'>} example */
const itemsOf = ({ binary = {} }) => {
	const files = Object.entries(binary).map(([name, file]) => [name, binaryFile(file)]);
	return [{ json: {}, binary: Object.fromEntries(files) }];
};

module.exports = {
	entriesOf,
	hasAt,
	itemsOf,
	namesIn,
	locationOf,
	readExamples,
	valueAt,
	withValueAt,
};
