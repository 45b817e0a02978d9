'use strict';

const { startN8n } = require('../host');
const { ensureInstall } = require('../install');
const { ensureBuild } = require('../package');
const { triggers } = require('./triggers');

/** Otherwise what n8n did not activate at once it looks at every 15 seconds. */
const QUICK = { N8N_WORKFLOW_PUBLICATION_OUTBOX_POLL_INTERVAL_MS: '1000' };

/**
 * Starts the n8n that is to be tested, in a process of its own, which a test may stop and start again.
 * `N8N_SANDBOX_DIR` names a folder with the lock file of another version.
 *
 * @param {NodeJS.ProcessEnv} [env] over the settings of the sandbox
 */
async function startOwnN8n(env) {
	const install = await ensureInstall({ dir: process.env.N8N_SANDBOX_DIR });
	const host = await startN8n({ packageDir: ensureBuild(), install, env: { ...QUICK, ...env } });
	const { url, api } = host;
	return { ...host, ...triggers({ url, api }) };
}

module.exports = { startOwnN8n };
