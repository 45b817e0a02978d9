'use strict';

const { snakeCase } = require('../../nodes/Clerk/engine/operation');

/**
 * What `npm run scaffold` writes for a new operation. Pure: names in, texts out.
 *
 * @typedef {object} Planned
 * @property {string} resource
 * @property {string} operation
 * @property {string} method
 * @property {string} path with the `{names}` of Clerk's document
 * @property {Record<string, string>} locators name in the path → kind of locator, for those there are
 *
 * @typedef {import('../../nodes/Clerk/engine/operation').Locator} Locator
 */

const WRITTEN_BY_HAND = 'TODO';

/** `mergeMetadata` → `merge metadata`. @param {string} name */
const words = (name) => snakeCase(name).replaceAll('_', ' ').trim();

/** @param {string} text */
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** @param {string} name */
const title = (name) =>
	words(name)
		.split(' ')
		.map(capital)
		.join(' ')
		.replace(/\b(Api|Id|Jwt|Saml|Url)\b/g, (word) => word.toUpperCase());

/** @param {string} word */
const plural = (word) => (/[^aeiou]y$/.test(word) ? `${word.slice(0, -1)}ies` : `${word}s`);

/** `user_id`, and the document's `apiKeyID`, as this package writes them. @param {string} wire */
const parameterOf = (wire) =>
	wire
		.replace(/_([a-z])/g, (_, letter) => letter.toUpperCase())
		.replace(/ID$/, 'Id')
		.replace(/^[A-Z]/, (letter) => letter.toLowerCase());

/** @param {string} path */
const namesIn = (path) => [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);

/** @param {Planned} planned */
const isList = ({ operation, method }) => method === 'GET' && operation === 'getAll';

/** A reserved word cannot be a variable. @param {Planned} planned */
const exportedName = ({ operation, resource }) =>
	operation === 'delete' ? `delete${capital(resource)}` : operation;

/**
 * @param {string} resource
 * @param {string} operation
 * @param {string} request such as `GET /users/{user_id}`
 * @param {Record<string, Locator>} locators
 * @returns {Planned}
 */
function planOf(resource, operation, request, locators) {
	const [, method, path] = /^(GET|POST|PUT|PATCH|DELETE) (\/\S*)$/.exec(request) ?? [];
	if (!method || !path)
		throw new Error(`Not a request: ${request}. Write it as "GET /users/{user_id}".`);
	for (const name of [resource, operation]) {
		if (!/^[a-z][a-zA-Z]*$/.test(name)) throw new Error(`Not a name in camelCase: ${name}.`);
	}
	const known = namesIn(path).flatMap((name) => {
		const [kind] =
			Object.entries(locators).find(([, { parameter }]) => parameter === parameterOf(name)) ?? [];
		return kind ? [[name, kind]] : [];
	});
	return { resource, operation, method, path, locators: Object.fromEntries(known) };
}

/** @param {Planned} planned @param {string} name */
function pathField({ locators }, name) {
	const kind = locators[name];
	const description = `${WRITTEN_BY_HAND}: which ${words(kind ?? parameterOf(name))}`;
	if (kind) return `locate('${kind}', { required: true, description: '${description}' })`;
	const parameter = parameterOf(name);
	const wire = snakeCase(parameter) === name ? '' : `wire: '${name}',`;
	return `{
		displayName: '${title(parameter)}',
		name: '${parameter}',
		type: 'string',
		required: true,
		default: '',
		description: '${description}',
		${wire}
	}`;
}

/** @param {Planned} planned */
function operationFile(planned) {
	const { resource, operation, method, path, locators } = planned;
	const list = isList(planned);
	const view = method === 'DELETE' ? 'deleted' : resource;
	const imports = [
		`import { defineOperation, ${list ? 'list' : 'one'} } from '../../engine/operation';`,
		Object.keys(locators).length > 0 && "import { locate } from '../../fields/locators';",
		list && "import { dataPaging } from '../../fields/paging';",
		`import { ${view} } from '../../views/${view === 'deleted' ? 'general' : resource}';`,
	];
	const what = list
		? `Get many ${plural(words(resource))}`
		: `${capital(words(operation))} ${words(resource)}`;
	const fields = namesIn(path).map((name) => pathField(planned, name));
	return `${imports.filter(Boolean).join('\n')}

export const ${exportedName(planned)} = defineOperation({
	name: '${list ? 'Get Many' : title(operation)}',
	value: '${operation}',
	action: '${what}',
	description: '${WRITTEN_BY_HAND}: what it does, in a sentence for people and AI agents',
	request: '${method} ${path}',
	${fields.length > 0 ? `path: [${fields.join(', ')}],` : ''}
	returns: ${list ? `list(${view}, dataPaging)` : `one(${view})`},
});
`;
}

/** @param {Planned} planned */
const viewFile = ({ resource }) => `import { view } from '../engine/views';

export const ${resource} = view('${plural(resource)}', ['id']);
`;

/** @param {Planned} planned */
const resourceFile = ({ resource }) => `import { defineResource } from '../../engine/operation';

export const ${resource} = defineResource({
	name: '${title(resource)}',
	value: '${resource}',
	description: '${WRITTEN_BY_HAND}: what it is, in a few words',
	operations: [],
});
`;

/**
 * Puts an export of another file into the list of an index, and imports it.
 *
 * @param {string} source of the index
 * @param {RegExp} listStart
 * @param {string} exported
 * @param {string} file
 */
function withLine(source, listStart, exported, file) {
	const line = `import { ${exported} } from './${file}';`;
	const lines = source.split('\n');
	const isLocal = (/** @type {string} */ text) => / from '\.\/\w+';$/.test(text);
	const fileOf = (/** @type {string} */ text) => / from '\.\/(\w+)'/.exec(text)?.[1] ?? '';
	const after = lines.findIndex((text) => isLocal(text) && fileOf(text) > file);
	const imports = lines.filter((text) => text.startsWith('import '));
	const lastImport = lines.indexOf(imports[imports.length - 1] ?? '');
	lines.splice(after < 0 ? lastImport + 1 : after, 0, line);

	const text = lines.join('\n');
	const start = listStart.exec(text);
	if (!start) throw new Error(`No list to add ${exported} to.`);
	const from = start.index + start[0].length;
	const until = text.indexOf(']', from);
	const entries = text
		.slice(from, until)
		.split(',')
		.map((entry) => entry.trim())
		.filter(Boolean);
	const next = entries.findIndex((entry) => entry > exported);
	entries.splice(next < 0 ? entries.length : next, 0, exported);
	return `${text.slice(0, from)}${entries.join(', ')}${text.slice(until)}`;
}

/** @param {string} source @param {Planned} planned */
const withOperation = (source, planned) =>
	withLine(source, /operations: \[/, exportedName(planned), planned.operation);

/** @param {string} source @param {Planned} planned */
const withResource = (source, { resource }) =>
	withLine(source, /resources: Resource\[\] = \[/, resource, resource);

/** What a form holds in the fields of the path. @param {Planned} planned @param {string} mode @param {string} [number] nothing: emptied */
function formOf({ path, locators }, mode, number) {
	const fields = namesIn(path).map((name) => {
		const value = number ? `${name.replace(/_?id$/i, '')}_${number}` : '';
		const locator = { __rl: true, mode, value };
		return [parameterOf(name), locators[name] ? locator : value];
	});
	return Object.fromEntries(fields);
}

/**
 * A start for the golden examples: what the route says already. Fields that are added to the form
 * have to be added here too, from Clerk's document; the test says which.
 *
 * @param {Planned} planned
 */
function examplesOf(planned) {
	const { method, path } = planned;
	const requestWith = (/** @type {string} */ number, /** @type {object | undefined} */ query) => ({
		method,
		path: path.replace(/\{(\w+)\}/g, (_, name) => `${name.replace(/_?id$/i, '')}_${number}`),
		...(query && { query }),
	});
	const example = (
		/** @type {string} */ number,
		/** @type {object} */ parameters = {},
		/** @type {object | undefined} */ query = undefined,
	) => ({
		parameters: { ...formOf(planned, 'id', number), ...parameters },
		requests: [requestWith(number, query)],
	});
	const list = isList(planned);
	const refused = { ...formOf(planned, 'id'), ...(list && { limit: 0 }) };
	const withRefused = Object.keys(refused).length > 0 && { refused };
	const sdk = { lacks: `${WRITTEN_BY_HAND}: the calls of Clerk's SDK, or why there are none` };
	if (!list) {
		return {
			required: { ...example('1'), sdk },
			every: example('2'),
			cleared: { ...example('3'), ...withRefused },
		};
	}
	const page = { limit: 20, options: { offset: 40 } };
	return {
		required: { ...example('1', {}, { limit: '50' }), sdk },
		every: example('2', { returnAll: false, ...page }, { limit: '20', offset: '40' }),
		cleared: {
			...example('3', { limit: 20, options: { offset: 0 } }, { limit: '20' }),
			...withRefused,
		},
		returnAll: example('4', { returnAll: true, ...page }, { limit: '500' }),
	};
}

/** Names of the path that no locator stands for. @param {Planned} planned */
const withoutLocator = ({ path, locators }) => namesIn(path).filter((name) => !locators[name]);

module.exports = {
	WRITTEN_BY_HAND,
	examplesOf,
	operationFile,
	planOf,
	resourceFile,
	viewFile,
	withOperation,
	withResource,
	withoutLocator,
};
