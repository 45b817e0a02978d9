'use strict';

const { snakeCase } = require('../../nodes/Clerk/engine/operation');
const { plannedFields } = require('./newOperationFields');
const { capital, parameterOf, plural, title, words, WRITTEN_BY_HAND } = require('./words');

/**
 * What `npm run new-operation` writes. Pure: names in, texts out.
 *
 * @typedef {object} Planned
 * @property {string} resource
 * @property {string} operation
 * @property {string} method
 * @property {string} path with the `{names}` of Clerk's document
 * @property {import('./digest').OperationFacts} facts what Clerk's document says of it
 * @property {object} [record] the fields of what it responds with, by their names in the document
 * @property {import('./newOperationFields').PlannedField[]} fields
 */

/** @param {Planned} planned */
const isList = ({ facts }) => facts.list !== undefined;

/** What is likely where the document says nothing: most lists are paged. @param {string} method @param {string} operation @returns {Planned['facts']} */
const likelyFacts = (method, operation) =>
	method === 'GET' && operation === 'getAll'
		? { list: 'data', query: { limit: { type: 'integer' } } }
		: {};

/** As the document lets it be read; which order it has, the conformance test tells. @param {Planned} planned */
function pagingOf({ facts }) {
	if (facts.query?.paginated) return 'paginatedPaging';
	return facts.query?.limit ? 'dataPaging' : 'unpagedPaging';
}

/** The view of what it responds with, and the file that the view is in. @param {Planned} planned */
function viewOf({ method, resource, facts }) {
	if (facts.responseType) return { view: 'nothing', file: 'general' };
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
 * @param {import('./digest').Digest} digest
 * @returns {Planned}
 */
function planOf(resource, operation, request, digest) {
	const [, method, path] = /^(GET|POST|PUT|PATCH|DELETE) (\/\S*)$/.exec(request) ?? [];
	if (!method || !path)
		throw new Error(`Not a request: ${request}. Write it as GET "/users/{user_id}".`);
	for (const name of [resource, operation]) {
		if (!/^[a-z][a-zA-Z]*$/.test(name)) throw new Error(`Not a name in camelCase: ${name}.`);
	}
	const facts = digest.operations[request] ?? likelyFacts(method, operation);
	const record = digest.records[facts.response ?? ''];
	return { resource, operation, method, path, facts, record, fields: plannedFields(path, facts) };
}

/** @param {Planned} planned */
function operationFile(planned) {
	const { resource, operation, method, path, fields } = planned;
	const list = isList(planned);
	const { view, file } = viewOf(planned);
	const imports = [
		`import { defineOperation, ${list ? 'list' : 'one'} } from '../../engine/operation';`,
		fields.some(({ locator }) => locator) && "import { locate } from '../../fields/locators';",
		list && `import { ${pagingOf(planned)} } from '../../fields/paging';`,
		`import { ${view} } from '../../views/${file}';`,
	];
	const what = list
		? `Get many ${plural(words(resource))}`
		: `${capital(words(operation))} ${words(resource)}`;
	const locations = ['path', 'query', 'body'].flatMap((location) => {
		const located = fields.filter((field) => field.location === location);
		const sources = located.map(({ source }) => source).join(', ');
		return sources ? [`${location}: [${sources}],`] : [];
	});
	return `${imports.filter(Boolean).join('\n')}

export const ${exportedName(planned)} = defineOperation({
	name: '${list ? 'Get Many' : title(operation)}',
	value: '${operation}',
	action: '${what}',
	description: '${WRITTEN_BY_HAND}: what it does, in a sentence for people and AI agents',
	request: '${method} ${path}',
	${locations.join('\n')}
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
const resourceFile = (planned) => `import { defineResource } from '../../engine/operation';
import { ${exportedName(planned)} } from './${planned.operation}';

export const ${planned.resource} = defineResource({
	name: '${title(planned.resource)}',
	value: '${planned.resource}',
	description: '${WRITTEN_BY_HAND}: what it is, in a few words',
	operations: [${exportedName(planned)}],
});
`;

/**
 * Imports an export of another file into an index and adds it to the list there, both before those of
 * the next file.
 *
 * @param {string} source of the index
 * @param {string} exported
 * @param {string} file
 */
function withExport(source, exported, file) {
	const line = `import { ${exported} } from './${file}';\n`;
	const imports = [...source.matchAll(/^import \{ (\w+) \} from '\.\/(\w+)';$/gm)];
	const [next, name] = imports.find(([, , other]) => other > file) ?? [];
	return next
		? source
				.replace(next, `${line}${next}`)
				.replace(new RegExp(`([[\\s])${name}(?=[,\\]])`), `$1${exported}, ${name}`)
		: source.replace('\n\n', `\n${line}\n`).replace(/,?(\s*\])(?=[^\]]*$)/, `, ${exported}$1`);
}

module.exports = {
	exportedName,
	isList,
	operationFile,
	planOf,
	resourceFile,
	viewFile,
	viewOf,
	withExport,
};
