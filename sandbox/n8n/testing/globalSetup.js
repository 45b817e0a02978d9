'use strict';

const { startN8n } = require('../host');
const { ensureInstall } = require('../install');
const { ensureBuild } = require('../package');

/**
 * One n8n for the whole run: it takes ten seconds to start, and the tests need nothing of it but a
 * place to run. `N8N_SANDBOX_DIR` names a folder with the lock file of another n8n.
 */
module.exports = async () => {
	const install = await ensureInstall({ dir: process.env.N8N_SANDBOX_DIR });
	const host = await startN8n({ packageDir: ensureBuild(), install });
	const { url, version, owner, cookie } = host;
	process.env.N8N_SANDBOX_HOST = JSON.stringify({ url, version, owner, cookie });
	/** @type {any} */ (globalThis).closeN8nSandbox = host.close;
};
