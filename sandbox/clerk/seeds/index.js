'use strict';

const { plantCompany } = require('./company');
const { plantCrowd } = require('./crowd');

/** @typedef {'company' | 'empty' | { users: number }} Seed */

/** @param {State} state @param {Seed} seed */
function plant(state, seed) {
	if (seed === 'company') plantCompany(state);
	else if (seed !== 'empty') plantCrowd(state, seed.users);
}

module.exports = { plant };
