'use strict';

const { createState } = require('../state');
const { plant, resolved } = require('../seeds');
const examples = require('./examples.json');
const { SUBJECTS, dataOf, eventOf } = require('./changes');

/**
 * An example of each of Clerk's events, with records of the seed. `examples.json` has the events of each kind
 * of record, with the status it has then, and records of events that no request causes, written as in seeds.
 */

/** @type {Record<string, Record<string, string | null>>} */
const STATUSES = examples.statuses;

/** @type {Record<string, Values>} */
const RECORDS = examples.records;

/** All of them. */
const EVENT_TYPES = Object.entries(STATUSES)
	.flatMap(([name, statuses]) => Object.keys(statuses).map((happened) => `${name}.${happened}`))
	.sort();

/** @type {(options: { clock: () => number }, type: string) => ClerkEvent} */
function exampleOf({ clock }, type) {
	if (!EVENT_TYPES.includes(type)) {
		throw new Error(`There is no event ${type}. There are: ${EVENT_TYPES.join(', ')}`);
	}
	const [name = '', happened = ''] = type.split('.');
	// Records of its own, so that what was changed by tests does not show.
	const state = createState({ clock });
	plant(state, 'company');
	const status = STATUSES[name]?.[happened];
	const withStatus = (/** @type {Row} */ row) => (status ? { ...row, status } : row);
	const subject = SUBJECTS[name];
	if (!subject) {
		const { items, ...record } = resolved(state, RECORDS[name]);
		const parts = items && { items: items.map(withStatus) };
		return eventOf(state, type, withStatus({ ...record, ...parts }));
	}
	const [row] = state[subject.table].rows;
	const change = happened === 'deleted' ? 'deleted' : 'updated';
	return eventOf(state, type, dataOf(state, subject, change, withStatus(row)));
}

module.exports = { EVENT_TYPES, exampleOf };
