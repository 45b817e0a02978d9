'use strict';

const { execFile } = require('node:child_process');
const { promisify } = require('node:util');

/**
 * Runs SQL with the client that comes with Postgres.
 *
 * @param {string} url of the database
 * @param {string} sql
 */
async function psql(url, sql) {
	await promisify(execFile)('psql', ['--quiet', '--set=ON_ERROR_STOP=1', '--command', sql, url]);
}

module.exports = { psql };
