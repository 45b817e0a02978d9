'use strict';

const { createHash } = require('node:crypto');
const fs = require('node:fs');
const { delimiter, dirname, join } = require('node:path');
const axios = require('axios').default;
const getPort = require('get-port');
const { createApi, signIn } = require('./api');
const { cacheFolder, ensureInstall } = require('./install');
const { copyPackage, ensureBuild } = require('./package');
const { makeOnce } = require('./parts');
const { startServer, temporaryFolder } = require('./processes');

/** For the sandbox alone: it listens on this machine only and is thrown away at the end. */
const OWNER = { email: 'owner@example.com', password: 'Clerk-sandbox-1' };

const START_TIMEOUT = 180_000;

/** What the machine's environment says of another n8n, of npm and of Clerk's key is none of this n8n's business. */
const FOREIGN =
	/^(N8N_|DB_|EXECUTIONS_|QUEUE_|WEBHOOK_|CREDENTIALS_|CLERK_|npm_|NODE_OPTIONS$|NODE_ENV$)/i;

/** @param {string} node */
function cleanEnvironment(node) {
	const kept = Object.entries(process.env).filter(([name]) => !FOREIGN.test(name));
	const env = Object.fromEntries(kept);
	return {
		...env,
		// n8n starts its task runner as `node`.
		PATH: [dirname(node), env.PATH ?? env.Path].join(delimiter),
		NO_PROXY: [env.NO_PROXY, '127.0.0.1', 'localhost'].filter(Boolean).join(','),
	};
}

/** Where workflows may write files. @param {string} userFolder */
const filesIn = (userFolder) => join(userFolder, 'files');

/** @param {{ userFolder: string, port: number, brokerPort: number }} where */
function n8nSettings({ userFolder, port, brokerPort }) {
	return {
		GENERIC_TIMEZONE: Intl.DateTimeFormat().resolvedOptions().timeZone,
		// What it compiled, one that ended by itself leaves to the next.
		NODE_COMPILE_CACHE: join(cacheFolder(), 'compiled'),
		N8N_USER_FOLDER: userFolder,
		N8N_RESTRICT_FILE_ACCESS_TO: filesIn(userFolder),
		N8N_PORT: String(port),
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_EDITOR_BASE_URL: `http://127.0.0.1:${port}`,
		// In the addresses of webhooks.
		N8N_HOST: '127.0.0.1',
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		N8N_SECURE_COOKIE: 'false',
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_DYNAMIC_BANNERS_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		// The default engine was seen to crash with a segfault on a busy machine.
		N8N_EXPRESSION_ENGINE: 'legacy',
	};
}

/**
 * The folder of the cache that keeps the database of a new n8n, named after what decides its content:
 * its version, its owner and its settings.
 *
 * @param {string} version
 * @param {{ email: string, password: string }} owner
 * @param {NodeJS.ProcessEnv} [env] over the settings of the sandbox
 */
function dataFolder(version, owner, env) {
	const all = { ...n8nSettings({ userFolder: '', port: 0, brokerPort: 0 }), ...env };
	// Of other settings, some name temporary files.
	const settings = Object.entries(all).filter(([name]) => /^(N8N|DB)_/.test(name));
	const hash = createHash('sha256').update(JSON.stringify([owner, settings.sort()]));
	return join(cacheFolder(), `data-${version}-${hash.digest('hex').slice(0, 12)}`);
}

/** Copies the database and the key that its credentials are encrypted with. @param {string} from @param {string} to */
function copyData(from, to) {
	for (const name of fs.readdirSync(from)) {
		if (/^(config$|database\.sqlite)/.test(name)) fs.copyFileSync(join(from, name), join(to, name));
	}
}

/**
 * One process of n8n with this package in it, its files in a temporary folder.
 *
 * @param {object} options
 * @param {string[]} options.command of n8n: `start`, `worker` or `webhook`, and its flags
 * @param {string} options.packageDir the built package: package.json and dist
 * @param {string[]} [options.otherPackages] those beside it
 * @param {import('./install').Installed} options.install
 * @param {string} [options.data] a folder with the data to begin with, if it is there
 * @param {string} options.readyPath responds 200 with JSON once it can be used
 * @param {(body: any) => boolean} [options.isReady] judges that response
 * @param {number} [options.port] free, or undefined for any
 * @param {NodeJS.ProcessEnv} [options.env] over the settings of the sandbox
 * @param {(text: string) => void} [options.onOutput]
 */
async function startInstance({ packageDir, otherPackages = [], install, data, env, ...options }) {
	const { command, readyPath, isReady = () => true, onOutput } = options;
	const { root, node } = install;
	const { folder: userFolder, remove } = temporaryFolder('n8n');
	const own = join(userFolder, '.n8n');
	const modules = join(own, 'nodes', 'node_modules');
	for (const folder of [modules, filesIn(userFolder)]) fs.mkdirSync(folder, { recursive: true });
	for (const folder of [packageDir, ...otherPackages]) copyPackage(folder, modules);
	if (data && fs.existsSync(data)) copyData(data, own);

	const port = options.port ?? (await getPort());
	const url = `http://127.0.0.1:${port}`;
	const settings = n8nSettings({ userFolder, port, brokerPort: await getPort() });
	const launch = async () =>
		await startServer('n8n', node, [join(root, 'node_modules', 'n8n', 'bin', 'n8n'), ...command], {
			cwd: userFolder,
			env: { ...cleanEnvironment(node), ...settings, ...env },
			onOutput,
			timeoutMs: START_TIMEOUT,
			async isReady() {
				const response = await axios.get(url + readyPath, { proxy: false }).catch(() => undefined);
				return response && isReady(response.data);
			},
		});
	let n8n = await launch().catch((error) => {
		remove();
		throw error;
	});
	return {
		url,
		/** The folder in which workflows may read and write files. */
		files: filesIn(userFolder),
		/** Its last lines, should it end by itself. @returns {Promise<string>} */
		get untilEnd() {
			return n8n.ended.then(() => n8n.lastLines());
		},
		async close() {
			await n8n.close();
			remove();
		},
		/** Leaves its data. @param {'SIGTERM' | 'SIGKILL'} signal */
		stop: async (signal) => await n8n.end(signal),
		/** What was stopped, with the same data, at the same address. */
		async startAgain() {
			n8n = await launch();
		},
		/** Copies its data, which are complete in its files only when it has ended. @param {string} folder */
		async keepData(folder) {
			await n8n.end('SIGTERM');
			await makeOnce(folder, (part) => copyData(own, part));
			n8n = await launch();
		},
	};
}

/**
 * A real n8n with this package in it, an owner, and nothing else: its data is in a temporary folder.
 *
 * @param {Partial<Omit<Parameters<typeof startInstance>[0], 'command' | 'readyPath' | 'isReady' | 'data'>>} [options]
 */
async function startN8n({ install: given, packageDir = ensureBuild(), ...options } = {}) {
	const install = given ?? (await ensureInstall());
	const { version } = install;
	// To make the tables of a new database takes half of the time of a start: it is done once.
	const data = options.env?.DB_TYPE ? undefined : dataFolder(version, OWNER, options.env);
	const instance = await startInstance({
		...options,
		packageDir,
		install,
		command: ['start'],
		// The paths of its health respond before the REST API exists, and for a moment every path
		// responds 200 with the text that n8n is starting up: only the settings themselves tell.
		readyPath: '/rest/settings',
		isReady: (settings) => Boolean(settings.data),
		data,
	});
	try {
		/** The owner's session. */
		const cookie = await signIn(instance.url, OWNER);
		if (data && !fs.existsSync(data)) await instance.keepData(data);
		return { ...instance, version, owner: OWNER, cookie, api: createApi(instance.url, cookie) };
	} catch (error) {
		await instance.close();
		throw error;
	}
}

/** @typedef {Awaited<ReturnType<typeof startN8n>>} Host */

module.exports = { dataFolder, startInstance, startN8n };
