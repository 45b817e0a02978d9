'use strict';

const { add, targetOf } = require('../../scripts/lib/additions');

/**
 * Adds the facts that Clerk's document lacks, and looks for those that it does not lack.
 *
 * @typedef {import('../../scripts/lib/additions').Addition} Addition
 * @typedef {import('../../scripts/lib/digest').Digest} Digest
 */

/** @param {Addition} addition */
const nameOf = ({ operation, record, field }) =>
	[operation ?? `record ${record}`, field].filter(Boolean).join(' ');

/** Returns why an addition is stale, if it is. @param {Digest} api @param {Addition} addition */
function staleness(api, addition) {
	const { parent, key } = targetOf(api, addition);
	if (!parent) return 'is to be added to something that the API does not have';
	const known = parent[key];
	if (known === undefined) return undefined;
	/** @type {string[]} */
	const values = addition.facts?.enum ?? [];
	const missing = values.filter((one) => !known.enum?.includes(one));
	if (missing.length === 0) return "is in Clerk's document now: remove it";
	return missing.length === values.length
		? undefined
		: `is partly in Clerk's document now: leave only ${missing.join(', ')}`;
}

/**
 * @param {Digest} digest
 * @param {Addition[]} additions
 * @returns {{ api: Digest, stale: string[] }} the API, and a line for each addition that the document has
 * caught up with, or that has nothing to go to
 */
function withAdditions(digest, additions) {
	const api = structuredClone(digest);
	const stale = additions
		.filter(({ event }) => !event)
		.flatMap((addition) => {
			const why = staleness(api, addition);
			add(api, addition);
			return why ? [`spec/additions.json: ${nameOf(addition)} ${why}`] : [];
		});
	return { api, stale };
}

module.exports = { withAdditions };
