'use strict';

const { createServer } = require('node:http');

/** Starts a server that receives requests and never responds. */
async function openSilent() {
	let seen = 0;
	let waiting = 0;
	const server = createServer((request, response) => {
		seen++;
		waiting++;
		response.on('close', () => waiting--);
		request.resume();
	});
	await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
	const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
	return {
		url: `http://127.0.0.1:${port}/v1`,
		/** How many requests arrived. */
		seen: () => seen,
		/** How many requests still wait for a response. */
		waiting: () => waiting,
		close: () =>
			new Promise((resolve) => {
				server.close(resolve);
				server.closeAllConnections();
			}),
	};
}

module.exports = { openSilent };
