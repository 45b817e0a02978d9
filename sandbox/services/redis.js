'use strict';

const getPort = require('get-port');
const { findProgram, startServer, temporaryFolder } = require('./server');

const HOST = '127.0.0.1';

/** A Redis of its own on this machine, empty, without a password, which keeps its data in memory only. */
async function startRedis() {
	const file = findProgram('redis-server', { debian: 'redis-server' });
	const { folder, remove } = temporaryFolder('redis');
	const port = await getPort({ host: HOST });
	const settings = { port, bind: HOST, dir: folder, save: '', appendonly: 'no' };
	const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
	try {
		const stop = await startServer(file, args, { cwd: folder, ready: /ready to accept/i });
		const close = async () => {
			await stop();
			remove();
		};
		return { host: HOST, port, url: `redis://${HOST}:${port}`, close };
	} catch (error) {
		remove();
		throw error;
	}
}

/** @typedef {Awaited<ReturnType<typeof startRedis>>} Redis */

module.exports = { startRedis };
