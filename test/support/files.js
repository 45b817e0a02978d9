'use strict';

const { readFileSync } = require('node:fs');
const { createServer } = require('node:http');

/**
 * Starts a server of files for n8n to download.
 *
 * @param {Record<string, { type: string, bytes: Buffer }>} files by name
 */
async function startFiles(files) {
	const server = createServer(({ url = '' }, response) => {
		const file = files[decodeURIComponent(url.slice(1))];
		response.writeHead(file ? 200 : 404, { 'content-type': file?.type ?? 'text/plain' });
		response.end(file?.bytes);
	});
	await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
	const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
	return {
		/** @param {string} name */
		urlOf: (name) => `http://127.0.0.1:${port}/${encodeURIComponent(name)}`,
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve(undefined));
				server.closeAllConnections();
			}),
	};
}

/** Returns the text of a file that a workflow wrote. @param {string} path */
const readText = (path) => readFileSync(path, 'utf8');

module.exports = { readText, startFiles };
