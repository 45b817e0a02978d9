'use strict';

const company = require('./company.json');
const { plantCrowd } = require('./crowd');
const { plantRows } = require('./rows');

/**
 * `company` is a small one that a person can keep in mind: 24 people in three organizations, and one of
 * everything that Clerk has.
 *
 * @typedef {'company' | 'empty' | { users: number }} Seed
 */

/** @param {State} state @param {Seed} seed */
function plant(state, seed) {
	if (seed === 'company') plantRows(state, company);
	else if (seed !== 'empty') plantCrowd(state, seed.users);
}

module.exports = { plant };
