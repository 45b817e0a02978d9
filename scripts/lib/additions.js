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
function targetOf(api, { operation, record, field }) {
	if (field === undefined) {
		return operation
			? { parent: api.operations, key: operation }
			: { parent: api.records, key: record };
	}
	if (!operation) return { parent: api.records[record ?? ''], key: field };
	const [location = '', key = ''] = field.split(' ');
	const facts = api.operations[operation];
	if (facts) facts[location] ??= {};
	return { parent: facts?.[location], key };
}

/** Returns the types of events that Clerk's document of webhooks lacks. @param {Addition[]} additions @returns {string[]} */
const addedEvents = (additions) => additions.flatMap(({ event }) => event ?? []);

/** @param {Addition} addition */
const nameOf = ({ operation, record, field }) =>
	[operation ?? `record ${record}`, field].filter(Boolean).join(' ');

/**
 * Adds the facts that Clerk's document lacks.
 *
 * @param {Digest} digest
 * @param {Addition[]} additions
 * @returns {{ api: Digest, stale: string[] }} the API, and a line for each addition that the document has
 * caught up with, or that has nothing to go to
 */
function withAdditions(digest, additions) {
	const api = structuredClone(digest);
	const stale = additions.flatMap((addition) => {
		const { event, facts = {} } = addition;
		if (event) return [];
		const line = `spec/additions.json: ${nameOf(addition)}`;
		const { parent, key = '' } = targetOf(api, addition);
		if (!parent) return [`${line} is to be added to something that the API does not have`];
		const known = parent[key];
		if (known === undefined) {
			parent[key] = structuredClone(facts);
			return [];
		}
		/** @type {string[]} */
		const listed = known.enum ?? [];
		const missing = (facts.enum ?? []).filter((/** @type {string} */ one) => !listed.includes(one));
		if (missing.length === 0) return [`${line} is in Clerk's document now: remove it`];
		known.enum = [...listed, ...missing];
		return missing.length === facts.enum.length
			? []
			: [`${line} is partly in Clerk's document now: leave only ${missing.join(', ')}`];
	});
	return { api, stale };
}

module.exports = { addedEvents, withAdditions };
