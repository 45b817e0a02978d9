'use strict';

const { mkdtempSync, rmSync } = require('node:fs');
const https = require('node:https');
const net = require('node:net');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const tls = require('node:tls');
const { makeCertificate } = require('./certificate');

/**
 * A TLS server that never responds, behind something on the way that does: once a request has arrived,
 * `interfere` gets the connection to the client, outside of its encryption.
 *
 * @typedef {(socket: net.Socket) => void} Interfere
 *
 * @param {'TLSv1.2' | 'TLSv1.3'} version
 * @param {Interfere} interfere
 */
async function startTlsWire(version, interfere) {
	const folder = mkdtempSync(join(tmpdir(), 'tls-wire-'));
	const { key, cert } = makeCertificate(folder);
	rmSync(folder, { recursive: true });
	/** @type {string[]} first lines of the requests */
	const requests = [];
	/** @type {Map<number | undefined, net.Socket>} clients by the port of their connection to the server */
	const clients = new Map();
	/** @type {Set<net.Socket>} */
	const sockets = new Set();
	/** @param {net.Socket} socket */
	const keep = (socket) => {
		sockets.add(socket);
		socket.on('error', () => {});
	};

	const server = tls.createServer({ key, cert, minVersion: version, maxVersion: version });
	server.on('secureConnection', (socket) => {
		keep(socket);
		socket.once('data', (chunk) => {
			requests.push(String(chunk).split('\r\n')[0]);
			const client = clients.get(socket.remotePort);
			if (client) interfere(client);
		});
	});
	server.on('tlsClientError', () => {});
	const middle = net.createServer((client) => {
		const { port } = /** @type {net.AddressInfo} */ (server.address());
		const onward = net.connect(port, '127.0.0.1', () => {
			clients.set(onward.localPort, client);
			client.pipe(onward).pipe(client);
		});
		keep(client);
		keep(onward);
	});
	for (const one of [server, middle]) {
		await new Promise((resolve) => one.listen(0, '127.0.0.1', () => resolve(undefined)));
	}
	const { options } = https.globalAgent;
	const { port } = /** @type {net.AddressInfo} */ (middle.address());
	return {
		url: `https://127.0.0.1:${port}/v1`,
		requests,
		/** Lets this process accept the certificate. */
		trust: () => {
			options.ca = cert;
		},
		close: async () => {
			delete options.ca;
			https.globalAgent.destroy();
			for (const socket of sockets) socket.destroy();
			for (const one of [middle, server]) await new Promise((resolve) => one.close(resolve));
		},
	};
}

module.exports = { startTlsWire };
