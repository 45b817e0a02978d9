'use strict';

const { Clerk } = require('../../nodes/Clerk/Clerk.node');

/**
 * For tests that compare the node with a table of names and types.
 *
 * @typedef {import('n8n-workflow').INodeProperties} Property
 */

/**
 * Returns the properties that the form shows for an operation by name, those in collections included.
 *
 * @param {string} resource
 * @param {string} operation
 */
function formOf(resource, operation) {
	const shown = new Clerk().description.properties.filter(({ displayOptions }) => {
		const { resource: resources, operation: operations } = /** @type {Record<string, any[]>} */ (
			displayOptions?.show ?? {}
		);
		return resources?.includes(resource) && operations?.includes(operation);
	});
	/** @type {Map<string, Property>} */
	const form = new Map();
	for (const property of shown) {
		form.set(property.name, property);
		if (property.type !== 'collection') continue;
		for (const inner of /** @type {Property[]} */ (property.options)) form.set(inner.name, inner);
	}
	return form;
}

/**
 * Returns all values at a path such as `users[].emailAddresses[].id`; undefined for each missing one.
 *
 * @param {any} value
 * @param {string} path
 * @returns {unknown[]}
 */
function valuesAt(value, path) {
	const [step = '', ...rest] = path.split('.');
	const name = step.replace('[]', '');
	const found = value !== null && Object.hasOwn(value, name) ? value[name] : undefined;
	if (step.endsWith('[]')) {
		return found.flatMap((/** @type {any} */ entry) => valuesAt(entry, rest.join('.')));
	}
	return rest.length > 0 ? valuesAt(found, rest.join('.')) : [found];
}

/** Returns the type as the tables name it. @param {unknown} value */
function typeOf(value) {
	if (Array.isArray(value)) return 'array';
	return typeof value === 'object' ? 'json' : typeof value;
}

module.exports = { formOf, typeOf, valuesAt };
