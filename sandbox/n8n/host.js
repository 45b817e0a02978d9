'use strict';

const { mkdirSync, mkdtempSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { delimiter, dirname, join } = require('node:path');
const { setTimeout: sleep } = require('node:timers/promises');
const axios = require('axios').default;
const getPort = require('get-port');
const { Advice } = require('./advice');
const { createApi, signIn } = require('./api');
const { ensureInstall } = require('./install');
const { copyPackage } = require('./package');
const { removeAtEnd, startProcess } = require('./processes');

const START_TIMEOUT = 180_000;

/** For the sandbox alone: it listens on this machine only and is thrown away at the end. */
const OWNER = { email: 'owner@example.com', password: 'Clerk-sandbox-1' };

/**
 * @typedef {object} Host
 * @property {string} url
 * @property {string} version
 * @property {typeof OWNER} owner
 * @property {string} cookie of the owner's session
 * @property {import('./api').Api} api
 * @property {Promise<string>} untilEnd its last lines, should it end by itself
 * @property {() => Promise<void>} close
 * @property {(signal: 'SIGTERM' | 'SIGKILL') => Promise<void>} stop leaves its data
 * @property {() => Promise<void>} startAgain what was stopped, with the same data, at the same address
 */

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

/** @param {{ userFolder: string, port: number, brokerPort: number }} where */
function n8nSettings({ userFolder, port, brokerPort }) {
	return {
		GENERIC_TIMEZONE: Intl.DateTimeFormat().resolvedOptions().timeZone,
		N8N_USER_FOLDER: userFolder,
		N8N_PORT: String(port),
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_EDITOR_BASE_URL: `http://127.0.0.1:${port}`,
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
 * `/healthz` and `/healthz/readiness` answer before the REST API exists, and for a moment every path
 * answers 200 with the text that n8n is starting up: only the settings themselves tell.
 *
 * @param {string} url
 * @param {ReturnType<typeof startProcess>} n8n
 * @param {() => string} logTail
 */
async function untilReady(url, n8n, logTail) {
	const deadline = Date.now() + START_TIMEOUT;
	for (;;) {
		const answer = await axios
			.get(`${url}/rest/settings`, { proxy: false, validateStatus: () => true })
			.catch(() => undefined);
		if (answer?.data?.data) return;
		if (n8n.hasEnded()) {
			await n8n.ended;
			if (/already in use|EADDRINUSE/.test(logTail())) {
				throw new Advice(`${url} was taken by another program meanwhile. Run it again.`);
			}
			throw new Error(`n8n ended while it started. Its last lines:\n${logTail()}`);
		}
		if (Date.now() > deadline) throw new Error(`n8n did not start. Its last lines:\n${logTail()}`);
		await sleep(200);
	}
}

/**
 * A real n8n with this package in it, an owner, and nothing else: its data is in a temporary folder.
 *
 * @param {object} options
 * @param {string} options.packageDir the built package: package.json and dist
 * @param {string[]} [options.otherPackages] those that it stands beside
 * @param {number} [options.port] free, or undefined for any
 * @param {import('./install').Installed} [options.install]
 * @param {NodeJS.ProcessEnv} [options.env] over the settings made here
 * @param {(text: string) => void} [options.onLog]
 * @returns {Promise<Host>}
 */
async function startN8n({ packageDir, otherPackages = [], port, install, env, onLog = () => {} }) {
	const { root, node, version } = install ?? (await ensureInstall());
	const userFolder = mkdtempSync(join(tmpdir(), 'n8n-clerk-'));
	const removeUserFolder = removeAtEnd(userFolder);
	const modules = join(userFolder, '.n8n', 'nodes', 'node_modules');
	mkdirSync(modules, { recursive: true });
	for (const folder of [packageDir, ...otherPackages]) copyPackage(folder, modules);

	const chosenPort = port ?? (await getPort());
	const settings = n8nSettings({ userFolder, port: chosenPort, brokerPort: await getPort() });
	let log = '';
	const launch = () =>
		startProcess(node, [join(root, 'node_modules', 'n8n', 'bin', 'n8n'), 'start'], {
			cwd: userFolder,
			env: { ...cleanEnvironment(node), ...settings, ...env },
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

	const url = `http://127.0.0.1:${chosenPort}`;
	try {
		await untilReady(url, n8n, () => log);
		const cookie = await signIn(url, OWNER);
		const untilEnd = n8n.ended.then(() => log);
		return {
			url,
			version,
			owner: OWNER,
			cookie,
			api: createApi(url, cookie),
			untilEnd,
			close,
			stop: async (signal) => await n8n.end(signal),
			async startAgain() {
				n8n = launch();
				await untilReady(url, n8n, () => log);
			},
		};
	} catch (error) {
		await close();
		throw error;
	}
}

module.exports = { startN8n };
