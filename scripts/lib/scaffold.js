'use strict';

const { snakeCase } = require('../../nodes/Clerk/engine/operation');
const { scaffoldedFields } = require('./scaffoldFields');
const {
	capital,
	locatorFor,
	parameterOf,
	plural,
	title,
	words,
	WRITTEN_BY_HAND,
} = require('./words');

/**
 * What `npm run scaffold` and `npm run new-operation` write for a new operation. Pure: names in,
 * texts out.
 *
 * @typedef {object} Planned
 * @property {string} resource
 * @property {string} operation
 * @property {string} method
 * @property {string} path with the `{names}` of Clerk's document
 * @property {Record<string, string>} locators name in the path → kind of locator, for those there are
 * @property {import('./digest').OperationFacts} [facts] what Clerk's document says of it
 * @property {object} [record] the fields of what it answers with, by their names in the document
 * @property {import('./scaffoldFields').ScaffoldedField[]} fields of the query and the body
 *
 * @typedef {import('../../nodes/Clerk/engine/operation').Locator} Locator
 */

/** @param {string} path */
const namesIn = (path) => [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);

/** @param {Planned} planned */
const isList = ({ operation, method, facts }) =>
	facts ? facts.list !== undefined : method === 'GET' && operation === 'getAll';

/** As the document lets it be read; which order it has, the conformance test tells. @param {Planned} planned */
function pagingOf({ facts }) {
	if (!facts || facts.query?.limit)
		return facts?.query?.paginated ? 'paginatedPaging' : 'dataPaging';
	return 'unpagedPaging';
}

/** The view of what it answers with, and the file that the view is in. @param {Planned} planned */
function viewOf({ method, resource, facts }) {
	if (facts?.answers) return { view: 'nothing', file: 'general' };
	return method === 'DELETE'
		? { view: 'deleted', file: 'general' }
		: { view: resource, file: resource };
}

/** A reserved word cannot be a variable. @param {Planned} planned */
const exportedName = ({ operation, resource }) =>
	operation === 'delete' ? `delete${capital(resource)}` : operation;

/**
 * @param {string} resource
 * @param {string} operation
 * @param {string} request such as `GET /users/{user_id}`
 * @param {Record<string, Locator>} locators
 * @param {import('./digest').OperationFacts} [facts]
 * @returns {Planned}
 */
function planOf(resource, operation, request, locators, facts) {
	const [, method, path] = /^(GET|POST|PUT|PATCH|DELETE) (\/\S*)$/.exec(request) ?? [];
	if (!method || !path)
		throw new Error(`Not a request: ${request}. Write it as "GET /users/{user_id}".`);
	for (const name of [resource, operation]) {
		if (!/^[a-z][a-zA-Z]*$/.test(name)) throw new Error(`Not a name in camelCase: ${name}.`);
	}
	const known = namesIn(path).flatMap((name) => {
		const kind = locatorFor(parameterOf(name), locators);
		return kind ? [[name, kind]] : [];
	});
	const fields = facts ? scaffoldedFields(facts) : [];
	return { resource, operation, method, path, locators: Object.fromEntries(known), facts, fields };
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

/** @param {Planned} planned @param {'query' | 'body'} place */
const sourcesIn = ({ fields }, place) =>
	fields.filter((field) => field.place === place).map(({ source }) => source);

/** @param {Planned} planned */
function operationFile(planned) {
	const { resource, operation, method, path, locators } = planned;
	const list = isList(planned);
	const { view, file } = viewOf(planned);
	const isLocated =
		Object.keys(locators).length > 0 || planned.fields.some(({ locator }) => locator);
	const imports = [
		`import { defineOperation, ${list ? 'list' : 'one'} } from '../../engine/operation';`,
		isLocated && "import { locate } from '../../fields/locators';",
		list && `import { ${pagingOf(planned)} } from '../../fields/paging';`,
		`import { ${view} } from '../../views/${file}';`,
	];
	const what = list
		? `Get many ${plural(words(resource))}`
		: `${capital(words(operation))} ${words(resource)}`;
	const places = Object.entries({
		path: namesIn(path).map((name) => pathField(planned, name)),
		query: sourcesIn(planned, 'query'),
		body: sourcesIn(planned, 'body'),
	}).filter(([, fields]) => fields.length > 0);
	return `${imports.filter(Boolean).join('\n')}

export const ${exportedName(planned)} = defineOperation({
	name: '${list ? 'Get Many' : title(operation)}',
	value: '${operation}',
	action: '${what}',
	description: '${WRITTEN_BY_HAND}: what it does, in a sentence for people and AI agents',
	request: '${method} ${path}',
	${places.map(([place, fields]) => `${place}: [${fields.join(', ')}],`).join('\n')}
	returns: ${list ? `list(${view}, ${pagingOf(planned)})` : `one(${view})`},
});
`;
}

/** All that the document says a record has, as this package spells it. @param {Planned} planned */
function viewFile({ resource, record = { id: {} } }) {
	const fields = Object.keys(record).map((wire) => {
		const name = parameterOf(wire);
		return snakeCase(name) === wire ? `'${name}'` : `{ name: '${name}', wire: '${wire}' }`;
	});
	return `import { view } from '../engine/operation/view';

export const ${resource} = view('${plural(resource)}', [${fields.join(', ')}]);
`;
}

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

/** Names of the path that no locator stands for. @param {Planned} planned */
const withoutLocator = ({ path, locators }) => namesIn(path).filter((name) => !locators[name]);

module.exports = {
	isList,
	namesIn,
	operationFile,
	planOf,
	resourceFile,
	viewFile,
	viewOf,
	withOperation,
	withResource,
	withoutLocator,
};
