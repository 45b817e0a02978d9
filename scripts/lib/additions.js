'use strict';

/**
 * Facts of the API that Clerk's document lacks, from `spec/additions.json`: a route, a record, a field of
 * either, or further values of a field. Each names its source, and the day it was published there.
 *
 * @typedef {import('./digest').Digest} Digest
 * @typedef {import('./digest').Fact} Fact
 *
 * @typedef {object} Addition
 * @property {string} [operation] `DELETE /invitations/{invitation_id}`; without `field` the whole route
 * @property {string} [record] a name in `records`; without `field` the whole record
 * @property {string} [event] a type of webhook events, which the digest does not have
 * @property {string} [field] of an operation with its location: `body timezone`
 * @property {Record<string, any>} [facts] as in the digest; an `enum` has only the values that are missing
 * @property {string} source
 * @property {string} date
 */

/** Returns where an addition goes: the object, and its key there. @param {any} api @param {Addition} addition */
function targetOf(api, { operation, record = '', field }) {
	const [all, name] = operation ? [api.operations, operation] : [api.records, record];
	if (field === undefined) return { parent: all, key: name };
	if (!operation) return { parent: all[name], key: field };
	const [location = '', key = ''] = field.split(' ');
	const facts = all[name];
	return { parent: facts && (facts[location] ??= {}), key };
}

/** Adds one to the API, if it has what that belongs to. @param {any} api @param {Addition} addition */
function add(api, addition) {
	const { event, facts = {} } = addition;
	const { parent, key } = targetOf(api, addition);
	if (event || !parent) return;
	const known = (parent[key] ??= structuredClone(facts));
	if (facts.enum) known.enum = [...new Set([...(known.enum ?? []), ...facts.enum])];
}

/** Returns the types of events that Clerk's document of webhooks lacks. @param {Addition[]} additions @returns {string[]} */
const addedEvents = (additions) => additions.flatMap(({ event }) => event ?? []);

module.exports = { add, addedEvents, targetOf };
