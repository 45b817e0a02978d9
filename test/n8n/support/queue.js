'use strict';

const { randomBytes } = require('node:crypto');
const getPort = require('get-port');
const { createTestApi } = require('./api');
const { startPostgres } = require('./services/postgres');
const { startRedis } = require('./services/redis');
const { startInstance, startN8n } = require('../../../sandbox/n8n/host');
const { ensureInstall } = require('../../../sandbox/n8n/install');
const { ensureBuild } = require('../../../sandbox/n8n/package');

/** Executions at once in a worker. n8n advises against fewer. */
const CONCURRENCY = 5;

const READY_PATH = '/healthz/readiness';

/** @typedef {Awaited<ReturnType<typeof startQueue>>} Queue */

/** @param {import('./services/postgres').Postgres} postgres @param {import('./services/redis').Redis} redis */
const sharedSettings = (postgres, redis) => ({
	EXECUTIONS_MODE: 'queue',
	// Otherwise what is run by hand stays in the main process.
	OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
	N8N_ENCRYPTION_KEY: randomBytes(24).toString('hex'),
	DB_TYPE: 'postgresdb',
	DB_POSTGRESDB_HOST: postgres.host,
	DB_POSTGRESDB_PORT: String(postgres.port),
	DB_POSTGRESDB_DATABASE: postgres.database,
	DB_POSTGRESDB_USER: postgres.user,
	DB_POSTGRESDB_PASSWORD: postgres.password,
	QUEUE_BULL_REDIS_HOST: redis.host,
	QUEUE_BULL_REDIS_PORT: String(redis.port),
});

/** @param {{ packageDir: string, install: import('../../../sandbox/n8n/install').Installed, env: Record<string, string> }} options */
async function startWorker({ env, ...options }) {
	const port = await getPort();
	let log = '';
	const { close } = await startInstance({
		...options,
		command: ['worker', `--concurrency=${CONCURRENCY}`],
		port,
		env: {
			...env,
			QUEUE_HEALTH_CHECK_ACTIVE: 'true',
			QUEUE_HEALTH_CHECK_PORT: String(port),
			N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
		},
		readyPath: READY_PATH,
		onOutput: (text) => {
			log += text;
		},
	});
	return {
		/** The IDs of those that it began with. */
		executions: () => Array.from(log.matchAll(/Worker started execution (\d+)/g), ([, id]) => id),
		close,
	};
}

/**
 * n8n in queue mode, as it is run where one process is not enough: a main process, workers, and a
 * process for webhooks, with a Postgres and a Redis of their own.
 *
 * @param {object} [options]
 * @param {string} [options.packageDir] the built package: package.json and dist
 * @param {import('../../../sandbox/n8n/install').Installed} [options.install]
 * @param {number} [options.workers]
 */
async function startQueue({ packageDir = ensureBuild(), install: given, workers: count = 2 } = {}) {
	const install = given ?? (await ensureInstall());
	/** @type {Promise<{ close: () => Promise<void> }>[]} */
	const starts = [];
	/** @template {{ close: () => Promise<void> }} T @param {Promise<T>} start */
	const keep = (start) => {
		starts.push(start);
		return start;
	};
	const close = async () => {
		// What starts later than another fails has to be closed too.
		const started = await Promise.allSettled(starts);
		const closed = started.map(async (it) => it.status === 'fulfilled' && (await it.value.close()));
		await Promise.all(closed);
	};

	try {
		const [postgres, redis] = await Promise.all([keep(startPostgres()), keep(startRedis())]);
		const options = { packageDir, install, env: sharedSettings(postgres, redis) };
		// Alone, since it makes the tables.
		const main = await keep(startN8n(options));
		const [webhooks, ...workers] = await Promise.all([
			keep(startInstance({ ...options, command: ['webhook'], readyPath: READY_PATH })),
			...Array.from({ length: count }, () => keep(startWorker(options))),
		]);
		const api = createTestApi(main.url, main.cookie);
		return { ...main, api, webhookUrl: webhooks.url, workers, close };
	} catch (error) {
		await close();
		throw error;
	}
}

module.exports = { startQueue };
