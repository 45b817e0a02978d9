'use strict';

const axios = require('axios').default;
const getPort = require('get-port');
const { startN8n } = require('../../sandbox/n8n/host');
const { ensureInstall } = require('../../sandbox/n8n/install');
const { ensureBuild } = require('../../sandbox/n8n/package');

const TIMEOUT_MS = 600_000;

/** Messages go to stderr, as --json prints to stdout. */
const prepared = async () => ({
	install: await ensureInstall({ say: console.error }),
	packageDir: ensureBuild(console.error),
});

/**
 * A real n8n with this package, in a process of its own.
 *
 * @param {object} [options]
 * @param {string} [options.hooks] a file that n8n loads, and that responds on `BENCH_PORT`
 * @param {string[]} [options.otherPackages] folders of other packages of nodes
 * @param {Record<string, string>} [options.env] over the settings of the sandbox
 */
async function startHost({ hooks, env, otherPackages } = {}) {
	const { install, packageDir } = await prepared();
	const port = await getPort();
	const ofHooks = hooks ? { EXTERNAL_HOOK_FILES: hooks, BENCH_PORT: String(port) } : {};
	const options = { packageDir, install, otherPackages, env: { ...ofHooks, ...env } };
	const host = await startN8n(options);
	return {
		...host,

		/** Asks the hooks. @param {string} path @returns {Promise<any>} */
		async read(path) {
			const options = { proxy: /** @type {const} */ (false), timeout: TIMEOUT_MS };
			const response = await axios
				.get(`http://127.0.0.1:${port}${path}`, options)
				.catch(async (error) => {
					if (error.code === 'ECONNABORTED') throw error;
					throw new Error(`n8n has ended. Its last lines:\n${await host.untilEnd}`);
				});
			return response.data;
		},
	};
}

/** @typedef {{ name: string, type: string, typeVersion: number, parameters: Record<string, any> } & Record<string, any>} Node */

/**
 * A workflow of nodes in a row.
 *
 * @param {string} name
 * @param {Node[]} nodes
 * @returns {import('../../sandbox/n8n/api').Workflow}
 */
function chain(name, nodes) {
	const to = (/** @type {string} */ node) => ({ main: [[{ node, type: 'main', index: 0 }]] });
	return {
		name,
		settings: { executionOrder: 'v1' },
		nodes: nodes.map((node, x) => ({ ...node, id: `node-${x}`, position: [x * 200, 0] })),
		connections: Object.fromEntries(
			nodes.slice(1).map((next, x) => [nodes[x].name, to(next.name)]),
		),
	};
}

/** @param {import('../../sandbox/n8n/api').Credential} credential as a node refers to it */
const credentialsOf = ({ id, name, type }) => ({ [type]: { id, name } });

module.exports = { chain, credentialsOf, prepared, startHost };
