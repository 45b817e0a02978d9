'use strict';

const { mkdtempSync, rmSync } = require('node:fs');
const https = require('node:https');
const net = require('node:net');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const tls = require('node:tls');
const { makeCertificate } = require('./certificate');

/** @typedef {(socket: net.Socket) => void} Interfere */

/** What breaks a TLS connection, by name. @type {Array<[string, Interfere]>} */
const FAULTS = [
	['a plain HTTP response', (socket) => socket.write('HTTP/1.1 502 Bad Gateway\r\n\r\n')],
	['zero bytes', (socket) => socket.write(Buffer.alloc(64))],
	['an unencrypted alert', (socket) => socket.write(Buffer.from([21, 3, 3, 0, 2, 2, 40]))],
	[
		'an oversized record',
		(socket) =>
			socket.write(Buffer.concat([Buffer.from([23, 3, 3, 255, 255]), Buffer.alloc(70_000)])),
	],
	[
		'a record that does not decrypt',
		(socket) => socket.write(Buffer.concat([Buffer.from([23, 3, 3, 0, 64]), Buffer.alloc(64, 7)])),
	],
	['a record of unknown type', (socket) => socket.write(Buffer.from([99, 3, 3, 0, 1, 0]))],
	['half a record', (socket) => socket.end(Buffer.from([23, 3, 3, 0, 64, 1]))],
	['the end of the connection', (socket) => socket.end()],
	['a reset', (socket) => socket.resetAndDestroy()],
];

/** @type {Array<'TLSv1.2' | 'TLSv1.3'>} */
const VERSIONS = ['TLSv1.2', 'TLSv1.3'];

/** A certificate whose files are gone. */
function makeOwnCertificate() {
	const folder = mkdtempSync(join(tmpdir(), 'tls-wire-'));
	try {
		return makeCertificate(folder);
	} finally {
		rmSync(folder, { recursive: true });
	}
}

/**
 * A TLS server that never responds, behind something on the way that does: once a request has arrived,
 * `interfere` gets the connection to the client, outside of its encryption.
 *
 * @param {'TLSv1.2' | 'TLSv1.3'} version
 * @param {Interfere} interfere
 * @param {{ key: string, cert: string }} [identity]
 */
async function startTlsWire(version, interfere, { key, cert } = makeOwnCertificate()) {
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

/** A server for each fault and version, all with one certificate, whose file another process can trust. */
async function startTlsWires() {
	const folder = mkdtempSync(join(tmpdir(), 'tls-wires-'));
	const { certFile, ...identity } = makeCertificate(folder);
	const kinds = VERSIONS.flatMap((version) => FAULTS.map((fault) => ({ version, fault })));
	const wires = await Promise.all(
		kinds.map(async ({ version, fault: [name, interfere] }) => ({
			name: `${name}, ${version}`,
			...(await startTlsWire(version, interfere, identity)),
		})),
	);
	return {
		certFile,
		wires,
		close: async () => {
			await Promise.all(wires.map((wire) => wire.close()));
			rmSync(folder, { recursive: true });
		},
	};
}

module.exports = { FAULTS, VERSIONS, startTlsWire, startTlsWires };
