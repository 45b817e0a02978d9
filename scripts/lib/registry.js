'use strict';

const { isDestructive } = require('../../credentials/accessPolicy');
const {
	isProcedure,
	isWrite,
	methodOf,
	pathOf,
	fieldsByLocation,
	wireName,
} = require('../../nodes/Clerk/engine/operation');
const { collectionOf, isOnForm } = require('../../nodes/Clerk/engine/form/placement');
const { columnsOf } = require('../../nodes/Clerk/engine/input/table');

/**
 * What the registry holds, as plain data: for the docs, the tests and checks from outside.
 *
 * @typedef {import('../../nodes/Clerk/engine/operation').Operation} Operation
 * @typedef {import('../../nodes/Clerk/engine/operation').Resource} Resource
 * @typedef {import('../../nodes/Clerk/engine/operation').Field} Field
 *
 * @typedef {object} DescribedField
 * @property {string} parameter with its collection in front: `filters.emailAddress`
 * @property {'path' | 'query' | 'body' | 'form'} in `form`: read by the node, and not sent as it is
 * @property {string} wire name in the API, with dots for what stands within
 * @property {boolean} required
 *
 * @typedef {object} DescribedOperation
 * @property {string} resource
 * @property {string} operation
 * @property {'request' | 'job'} kind
 * @property {'item' | 'batch' | 'set'} takes
 * @property {string | null} method null where the operation makes its requests itself
 * @property {string | null} path with the `{names}` of Clerk's document
 * @property {boolean} write
 * @property {boolean} destructive
 * @property {string | null} list how the response holds its rows
 * @property {DescribedField[]} fields
 */

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
	return fieldsByLocation(operation).flatMap(([location, fields]) =>
		fields.flatMap((field) => {
			/** @type {DescribedField['in']} */
			const shownIn = location === 'procedure' ? 'form' : location;
			const parameter = isOnForm(field, location)
				? field.name
				: `${collectionOf(operation, location, field)}.${field.name}`;
			const wire = wireName(field);
			const required = field.required === true;
			const cells = columnsOf(field).map((cell) => ({
				parameter: `${parameter}.${field.options?.[0].name}.${cell.name}`,
				in: shownIn,
				wire: `${wire}.${wireName(cell)}`,
				required: cell.required === true,
				field: cell,
			}));
			const isTable = field.type === 'fixedCollection' && field.encode !== 'map';
			return [{ parameter, in: shownIn, wire, required, field }, ...(isTable ? cells : [])];
		}),
	);
}

/** What is sent, which the operation itself decides where it is a job. @param {Operation} operation @returns {Pick<DescribedOperation, 'kind' | 'takes' | 'method' | 'path' | 'destructive' | 'list'>} */
function requestOf(operation) {
	if (isProcedure(operation)) {
		const { takes = 'item' } = operation;
		return { kind: 'job', takes, method: null, path: null, destructive: false, list: null };
	}
	const [method, path] = [methodOf(operation), pathOf(operation)];
	const { returns, batch } = operation;
	return {
		kind: 'request',
		takes: batch ? 'batch' : 'item',
		method,
		path,
		destructive: isDestructive(method, path),
		list: returns.kind === 'list' ? returns.paging.shape : null,
	};
}

/** @param {Operation} operation */
const isPaged = (operation) =>
	!isProcedure(operation) && operation.returns.kind === 'list' && !operation.returns.paging.whole;

/** @param {string} resource @param {Operation} operation @returns {DescribedOperation} */
function describeOperation(resource, operation) {
	const fields = fieldsOf(operation).map(({ field, ...described }) => described);
	return {
		resource,
		operation: operation.value,
		...requestOf(operation),
		write: isWrite(operation),
		fields: isPaged(operation) ? [...fields, ...PAGING_FIELDS] : fields,
	};
}

/** @param {Resource[]} resources @returns {DescribedOperation[]} */
const describeOperations = (resources) =>
	resources.flatMap(({ value, operations }) =>
		operations.map((operation) => describeOperation(value, operation)),
	);

module.exports = { describeOperations, fieldsOf };
