'use strict';

const { startN8n } = require('../host');
const { triggers } = require('./triggers');

/**
 * Starts the n8n that is to be tested, in a process of its own, which a test may stop and start again.
 *
 * @param {NodeJS.ProcessEnv} [env] over the settings of the sandbox
 */
async function startOwnN8n(env) {
	const host = await startN8n({ env });
	const { url, api } = host;
	return { ...host, ...triggers({ url, api }) };
}

module.exports = { startOwnN8n };
