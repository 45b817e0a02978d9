'use strict';

const getPort = require('get-port');
const { startServer, temporaryFolder } = require('../../../../sandbox/n8n/processes');
const { findProgram } = require('./program');

const HOST = '127.0.0.1';

/** A Redis of its own on this machine, empty, without a password, which keeps its data in memory only. */
async function startRedis() {
	const file = findProgram('redis-server', 'redis-server');
	const { folder, remove } = temporaryFolder('redis');
	const port = await getPort({ host: HOST });
	const settings = { port, bind: HOST, dir: folder, save: '', appendonly: 'no' };
	const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
	const isReady = (/** @type {string} */ log) => /ready to accept/i.test(log);
	const { close } = await startServer('Redis', file, args, { cwd: folder, isReady, remove });
	return { host: HOST, port, close };
}

/** @typedef {Awaited<ReturnType<typeof startRedis>>} Redis */

module.exports = { startRedis };
