'use strict';

const { startN8n } = require('../host');
const { ensureInstall } = require('../install');
const { ensureBuild } = require('../package');

/**
 * The n8n that is to be tested, in a process of its own. `N8N_SANDBOX_DIR` names a folder with the lock
 * file of another one.
 */
async function startTestHost() {
	const install = await ensureInstall({ dir: process.env.N8N_SANDBOX_DIR });
	return await startN8n({ packageDir: ensureBuild(), install });
}

module.exports = { startTestHost };
