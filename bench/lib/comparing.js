'use strict';

const { join } = require('node:path');
const { runChild } = require('./children');

const SCRIPT = join(__dirname, 'compareUsers.js');

/**
 * @typedef {object} Taken
 * @property {number} seconds
 * @property {number} cpuSeconds
 * @property {number} before bytes of the heap without garbage, the list included
 * @property {number} peak bytes of the heap with garbage
 * @property {number} atLastPage bytes of the heap without garbage, when the last page was requested
 * @property {Record<string, any>} [summary] of a comparison
 */

/**
 * Compares a list with as many users, or reads them all, in a process of its own.
 *
 * @param {{ users: number, work: 'compare' | 'getAll' }} given
 * @returns {Promise<Taken>}
 */
const inChild = async (given) =>
	await runChild(process.execPath, SCRIPT, given, { NODE_OPTIONS: '--import tsx' });

module.exports = { inChild };
