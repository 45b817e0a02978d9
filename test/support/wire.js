'use strict';

const { createServer } = require('node:net');

/**
 * A server that sends exactly the bytes of a test, and records the requests.
 *
 * @typedef {(socket: import('node:net').Socket, count: number) => void} Reply called once the head of a request has arrived
 */

/** @param {Reply} reply @param {number} [at] the port; by default a free one */
async function startWire(reply, at = 0) {
	/** @type {string[]} first lines of the requests */
	const requests = [];
	/** @type {Set<import('node:net').Socket>} */
	const sockets = new Set();
	/** @type {Array<() => void>} */
	let waiting = [];
	const server = createServer((socket) => {
		sockets.add(socket);
		socket.on('error', () => {});
		let head = '';
		socket.on('data', (chunk) => {
			const was = head.includes('\r\n\r\n');
			head += String(chunk);
			// A TLS handshake: a server without TLS responds with an error.
			if (head.startsWith('\x16')) socket.end('HTTP/1.1 400 Bad Request\r\n\r\n');
			if (was || !head.includes('\r\n\r\n')) return;
			requests.push(head.slice(0, head.indexOf('\r\n')));
			waiting.forEach((go) => go());
			waiting = [];
			reply(socket, requests.length - 1);
		});
	});
	await new Promise((resolve) => server.listen(at, '127.0.0.1', () => resolve(undefined)));
	const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
	return {
		url: `http://127.0.0.1:${port}/v1`,
		requests,
		/** Resolves when the next request has arrived. @returns {Promise<void>} */
		arrival: () => new Promise((resolve) => waiting.push(resolve)),
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve(undefined));
				for (const socket of sockets) socket.destroy();
			}),
	};
}

/** @typedef {Awaited<ReturnType<typeof startWire>>} Wire */

/** Sends a whole response. @param {import('node:net').Socket} socket @param {number} status @param {string} body @param {string[]} [headers] */
function say(socket, status, body, headers = ['content-type: application/json']) {
	const lines = [`HTTP/1.1 ${status} x`, ...headers, `content-length: ${Buffer.byteLength(body)}`];
	socket.end(`${lines.join('\r\n')}\r\nconnection: close\r\n\r\n${body}`);
}

/** Sends a response whose body is half as long as its content-length. @param {import('node:net').Socket} socket @param {string} body */
function sayHalf(socket, body) {
	const head = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${body.length * 2}`;
	socket.write(`${head}\r\n\r\n${body}`, () => socket.destroySoon());
}

/** Begins a response, and sends a byte of it now and then, until the other side closes the connection. @param {import('node:net').Socket} socket @param {() => void} onClosed */
function drip(socket, onClosed) {
	const drops = setInterval(() => socket.write('x'), 20);
	socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n');
	socket.on('close', () => {
		clearInterval(drops);
		onClosed();
	});
}

module.exports = { drip, say, sayHalf, startWire };
