'use strict';

const { startTestHost } = require('./host');

/**
 * One n8n for the whole run: it takes ten seconds to start, and the tests need nothing of it but a
 * place to run.
 */
module.exports = async () => {
	const host = await startTestHost();
	const { url, version, owner, cookie, files } = host;
	process.env.N8N_SANDBOX_HOST = JSON.stringify({ url, version, owner, cookie, files });
	/** @type {any} */ (globalThis).closeN8nSandbox = host.close;
};
