'use strict';

const { execFile } = require('node:child_process');
const { promisify } = require('node:util');

/**
 * Runs SQL with the client that comes with Postgres, and returns what it prints: a row a line, its columns
 * separated by `|`.
 *
 * @param {string} url of the database
 * @param {string} sql
 */
async function psql(url, sql) {
	const options = ['--quiet', '--no-align', '--tuples-only', '--set=ON_ERROR_STOP=1'];
	const { stdout } = await promisify(execFile)('psql', [...options, '--command', sql, url], {
		maxBuffer: 64 * 1024 * 1024,
	});
	return stdout;
}

module.exports = { psql };
