'use strict';

const { createServer } = require('node:http');

/**
 * Starts a server that stores every request posted to it.
 *
 * @param {(request: { body: string, headers: Record<string, any> }) => number | undefined} [respond] returns the status; undefined ends the connection
 */
async function openReceiver(respond = () => 200) {
	/** @type {Array<{ body: string, headers: Record<string, any>, at: number }>} */
	const received = [];
	const server = createServer((request, response) => {
		/** @type {Buffer[]} */
		const chunks = [];
		request.on('data', (chunk) => chunks.push(chunk));
		request.on('end', () => {
			const delivery = {
				body: Buffer.concat(chunks).toString(),
				headers: /** @type {Record<string, any>} */ (request.headers),
				at: Date.now(),
			};
			received.push(delivery);
			const status = respond(delivery);
			if (status === undefined) request.socket.destroy();
			else response.writeHead(status).end();
		});
	});
	await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
	const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
	return {
		url: `http://127.0.0.1:${port}/`,
		received,
		events: () => received.map(({ body }) => JSON.parse(body)),
		close: () =>
			new Promise((resolve) => {
				server.close(resolve);
				server.closeAllConnections();
			}),
	};
}

module.exports = { openReceiver };
