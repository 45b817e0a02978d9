'use strict';

const { mkdtempSync, rmSync } = require('node:fs');
const http = require('node:http');
const https = require('node:https');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { TLSSocket } = require('node:tls');
const { HOST, makeCertificate } = require('./certificate');

/**
 * A proxy that ends the TLS of what goes through it and reads everything, and a server with the same
 * certificate. Both respond to each request as Clerk counts users, and keep what they heard.
 */
async function openEavesdropper() {
	const folder = mkdtempSync(join(tmpdir(), 'eavesdropper-'));
	const { key, cert, certFile } = makeCertificate(folder);
	/** @type {Array<{ by: 'proxy' | 'server', method: string, url: string, host: string, authorization: string }>} */
	const heard = [];

	/** @param {'proxy' | 'server'} by @returns {http.RequestListener} */
	const listener = (by) => (request, response) => {
		const { method = '', url = '', headers } = request;
		const { host = '', authorization = '' } = headers;
		heard.push({ by, method, url, host, authorization });
		response.writeHead(200, { 'Content-Type': 'application/json' });
		response.end(JSON.stringify({ object: 'total_count', total_count: 7 }));
	};

	const proxy = http.createServer(listener('proxy'));
	proxy.on('connect', (_request, socket) => {
		socket.on('error', () => socket.destroy());
		socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
		const opened = new TLSSocket(socket, { isServer: true, key, cert });
		opened.on('error', () => socket.destroy());
		proxy.emit('connection', opened);
	});
	const server = https.createServer({ key, cert }, listener('server'));

	/** @param {http.Server | https.Server} one */
	const portOf = async (one) => {
		await new Promise((resolve) => one.listen(0, '127.0.0.1', () => resolve(undefined)));
		return /** @type {import('node:net').AddressInfo} */ (one.address()).port;
	};
	const proxyUrl = `http://127.0.0.1:${await portOf(proxy)}`;
	const serverUrl = `https://127.0.0.1:${await portOf(server)}`;
	return {
		host: HOST,
		proxyUrl,
		serverUrl,
		cert,
		certFile,
		heard,
		close: async () => {
			for (const one of [proxy, server]) {
				one.closeAllConnections();
				await new Promise((resolve) => one.close(resolve));
			}
			rmSync(folder, { recursive: true });
		},
	};
}

module.exports = { openEavesdropper };
