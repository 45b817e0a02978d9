'use strict';

const { isDestructive } = require('../../credentials/accessPolicy');
const { isWrite, methodOf, pathOf, wireName } = require('../../nodes/Clerk/engine/operation');
const { collectionOf, isOnForm } = require('../../nodes/Clerk/engine/request');

/**
 * What the registry holds, as plain data: for the docs, the tests and checks from outside.
 *
 * @typedef {import('../../nodes/Clerk/engine/operation').Operation} Operation
 * @typedef {import('../../nodes/Clerk/engine/operation').Resource} Resource
 * @typedef {import('../../nodes/Clerk/engine/operation').Field} Field
 *
 * @typedef {object} DescribedField
 * @property {string} parameter with its collection in front: `filters.emailAddress`
 * @property {'path' | 'query' | 'body'} in
 * @property {string} wire name in the API
 * @property {boolean} required
 *
 * @typedef {object} DescribedOperation
 * @property {string} resource
 * @property {string} operation
 * @property {'request' | 'job'} kind
 * @property {'item' | 'batch' | 'set'} takes
 * @property {string} method
 * @property {string} path with the `{names}` of Clerk's document
 * @property {boolean} write
 * @property {boolean} destructive
 * @property {string | null} list how the answer holds its rows
 * @property {DescribedField[]} fields
 */

const PLACES = /** @type {const} */ (['path', 'query', 'body']);

/** @type {DescribedField[]} */
const PAGING_FIELDS = [
	{ parameter: 'limit', in: 'query', wire: 'limit', required: false },
	{ parameter: 'options.offset', in: 'query', wire: 'offset', required: false },
];

/**
 * @param {Operation} operation
 * @returns {Array<DescribedField & { field: Field }>} with what the operation's file says of each
 */
function fieldsOf(operation) {
	return PLACES.flatMap((place) =>
		(operation[place] ?? []).map((field) => ({
			parameter: isOnForm(field, place)
				? field.name
				: `${collectionOf(operation, place)}.${field.name}`,
			in: place,
			wire: wireName(field),
			required: field.required === true,
			field,
		})),
	);
}

/** @param {string} resource @param {Operation} operation @returns {DescribedOperation} */
function describeOperation(resource, operation) {
	const { returns } = operation;
	const isPaged = returns.kind === 'list' && !returns.paging.whole;
	const fields = fieldsOf(operation).map(({ field, ...described }) => described);
	return {
		resource,
		operation: operation.value,
		kind: 'request',
		takes: operation.batch ? 'batch' : 'item',
		method: methodOf(operation),
		path: pathOf(operation),
		write: isWrite(operation),
		destructive: isDestructive(methodOf(operation), pathOf(operation)),
		list: returns.kind === 'list' ? returns.paging.shape : null,
		fields: isPaged ? [...fields, ...PAGING_FIELDS] : fields,
	};
}

/** @param {Resource[]} resources @returns {DescribedOperation[]} */
const describeOperations = (resources) =>
	resources.flatMap(({ value, operations }) =>
		operations.map((operation) => describeOperation(value, operation)),
	);

module.exports = { describeOperations, fieldsOf };
