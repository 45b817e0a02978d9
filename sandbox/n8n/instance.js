'use strict';

const { createHash } = require('node:crypto');
const fs = require('node:fs');
const { tmpdir } = require('node:os');
const { delimiter, dirname, join } = require('node:path');
const axios = require('axios').default;
const getPort = require('get-port');
const { Advice } = require('./advice');
const { cacheFolder } = require('./install');
const { copyPackage } = require('./package');
const { complete, partOf, removeDeadParts } = require('./parts');
const { removeAtEnd, startProcess } = require('./processes');
const { until } = require('./until');

const START_TIMEOUT = 180_000;

/**
 * What the machine's environment says of another n8n, of npm and of Clerk's key is none of this
 * n8n's business.
 *
 * @param {string} node
 */
function cleanEnvironment(node) {
	const foreign =
		/^(N8N_|DB_|EXECUTIONS_|QUEUE_|WEBHOOK_|CREDENTIALS_|CLERK_|npm_|NODE_OPTIONS$|NODE_ENV$)/i;
	const kept = Object.entries(process.env).filter(([name]) => !foreign.test(name));
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
	// Of other settings, some name temporary files.
	const settings = Object.entries({
		...n8nSettings({ userFolder: '', port: 0, brokerPort: 0 }),
		...env,
	}).filter(([name]) => /^(N8N|DB)_/.test(name));
	const hash = createHash('sha256').update(JSON.stringify([owner, settings.sort()]));
	return join(cacheFolder(), `data-${version}-${hash.digest('hex').slice(0, 12)}`);
}

/** Copies the database and the key that its credentials are encrypted with. @param {string} from @param {string} to */
function copyData(from, to) {
	fs.mkdirSync(to, { recursive: true });
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
 * @param {string[]} [options.otherPackages] those that it stands beside
 * @param {import('./install').Installed} options.install
 * @param {string} [options.data] a folder with the data to begin with, if it is there
 * @param {string} options.readyPath responds 200 with JSON once it can be used
 * @param {(body: any) => boolean} [options.isReady] judges that response
 * @param {number} [options.port] free, or undefined for any
 * @param {NodeJS.ProcessEnv} [options.env] over the settings of the sandbox
 * @param {(text: string) => void} [options.onLog]
 */
async function startInstance({ command, install, onLog = () => {}, ...options }) {
	const { root, node } = install;
	const { packageDir, otherPackages = [] } = options;
	const userFolder = fs.mkdtempSync(join(tmpdir(), 'n8n-clerk-'));
	const removeUserFolder = removeAtEnd(userFolder);
	const own = join(userFolder, '.n8n');
	const modules = join(own, 'nodes', 'node_modules');
	for (const folder of [modules, filesIn(userFolder)]) fs.mkdirSync(folder, { recursive: true });
	for (const folder of [packageDir, ...otherPackages]) copyPackage(folder, modules);

	if (options.data && fs.existsSync(options.data)) copyData(options.data, own);

	const port = options.port ?? (await getPort());
	const settings = n8nSettings({ userFolder, port, brokerPort: await getPort() });
	let log = '';
	const launch = () =>
		startProcess(node, [join(root, 'node_modules', 'n8n', 'bin', 'n8n'), ...command], {
			cwd: userFolder,
			env: { ...cleanEnvironment(node), ...settings, ...options.env },
			onOutput: (text) => {
				log = (log + text).slice(-4_000);
				onLog(text);
			},
		});
	let n8n = launch();
	const close = async () => {
		await n8n.close();
		removeUserFolder();
	};

	const url = `http://127.0.0.1:${port}`;
	const { readyPath, isReady = () => true } = options;
	const ready = async () => {
		const look = async () => {
			if (n8n.hasEnded()) {
				await n8n.ended;
				if (/already in use|EADDRINUSE/.test(log)) {
					throw new Advice(`${url} was taken by another program meanwhile. Run it again.`);
				}
				throw new Error(`n8n ended while it started. Its last lines:\n${log}`);
			}
			const response = await axios.get(url + readyPath, { proxy: false }).catch(() => undefined);
			return response && isReady(response.data);
		};
		await until(look, `n8n is ready at ${url}`, { timeoutMs: START_TIMEOUT, everyMs: 200 });
	};
	try {
		await ready();
		return {
			url,
			/** The folder in which workflows may read and write files. */
			files: filesIn(userFolder),
			get untilEnd() {
				return n8n.ended.then(() => log);
			},
			close,
			/** Leaves its data. @param {'SIGTERM' | 'SIGKILL'} signal */
			stop: async (signal) => await n8n.end(signal),
			/** Copies its data, which are complete in its files only when it has ended. @param {string} folder */
			async keepData(folder) {
				await n8n.end('SIGTERM');
				removeDeadParts(folder);
				const part = partOf(folder);
				copyData(own, part);
				complete(part, folder);
				await this.startAgain();
			},
			/** What was stopped, with the same data, at the same address. */
			async startAgain() {
				n8n = launch();
				await ready();
			},
		};
	} catch (error) {
		await close();
		throw error;
	}
}

module.exports = { dataFolder, startInstance };
