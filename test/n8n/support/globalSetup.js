'use strict';

const { ensureInstall } = require('../../../sandbox/n8n/install');
const { startN8n } = require('../../../sandbox/n8n/host');

/**
 * Starts an n8n for each of jest's workers, so that no two test files use one at the same time. It
 * takes ten seconds to start: all files of a worker share it.
 *
 * @param {{ maxWorkers: number }} config
 */
module.exports = async ({ maxWorkers }) => {
	// Once, before they start beside each other.
	await ensureInstall();
	const hosts = await Promise.all(Array.from({ length: maxWorkers }, () => startN8n()));
	process.env.N8N_SANDBOX_HOSTS = JSON.stringify(
		hosts.map(({ url, version, owner, cookie, files }) => ({ url, version, owner, cookie, files })),
	);
	/** @type {any} */ (globalThis).closeN8nSandbox = async () =>
		await Promise.all(
			hosts.map(async ({ stop, close }) => {
				await stop('SIGTERM');
				await close();
			}),
		);
};
