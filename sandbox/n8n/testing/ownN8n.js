'use strict';

const { startN8n } = require('../host');
const { ensureInstall } = require('../install');
const { ensureBuild } = require('../package');
const { triggers } = require('./triggers');

/**
 * An n8n beside that of the test run, which a test may stop and start again.
 *
 * @param {NodeJS.ProcessEnv} [env] over the settings of the sandbox
 */
async function startOwnN8n(env) {
	const install = await ensureInstall({ dir: process.env.N8N_SANDBOX_DIR });
	const host = await startN8n({ packageDir: ensureBuild(), install, env });
	const { url, api } = host;
	return { ...host, ...triggers({ url, api }) };
}

module.exports = { startOwnN8n };
