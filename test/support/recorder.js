'use strict';

const { createServer } = require('node:http');

/**
 * A server that records every request and responds with success.
 *
 * @typedef {object} WireRequest
 * @property {string} method
 * @property {string} path below the API URL, encoded as received
 * @property {Record<string, string | string[]>} [query] decoded; an array for a repeated key
 * @property {unknown} [body] absent if no body was sent
 *
 * @typedef {object} Arrival
 * @property {WireRequest} request
 * @property {import('node:http').IncomingHttpHeaders} headers
 */

const BASE_PATH = '/v1';

/** @param {URLSearchParams} search */
function queryOf(search) {
	/** @type {Record<string, string | string[]>} */
	const query = {};
	for (const key of new Set(search.keys())) {
		const values = search.getAll(key);
		query[key] = values.length > 1 ? values : values[0];
	}
	return query;
}

/**
 * Returns the JSON, or the parts of a form, with a file as its name, type and text.
 *
 * @param {Buffer} bytes
 * @param {string} [contentType]
 */
async function bodyOf(bytes, contentType = '') {
	if (bytes.length === 0) return undefined;
	if (!contentType.startsWith('multipart/form-data')) return JSON.parse(bytes.toString('utf8'));
	// Read with Node's own parser, which is independent of the package.
	const form = await new Response(bytes, { headers: { 'content-type': contentType } }).formData();
	/** @type {Record<string, unknown>} */
	const parts = {};
	for (const [name, value] of form) {
		parts[name] =
			typeof value === 'string'
				? value
				: { fileName: value.name, mimeType: value.type, content: await value.text() };
	}
	return parts;
}

/** @param {import('node:http').IncomingMessage} message */
async function toArrival(message) {
	const chunks = [];
	for await (const chunk of message) chunks.push(chunk);
	const body = await bodyOf(Buffer.concat(chunks), message.headers['content-type']);
	// Not `new URL`, which would normalize the path.
	const [path = '', search = ''] = (message.url ?? '').split('?');
	const query = queryOf(new URLSearchParams(search));
	/** @type {WireRequest} */
	const request = {
		method: message.method ?? '',
		path: path.startsWith(BASE_PATH) ? path.slice(BASE_PATH.length) : path,
		...(Object.keys(query).length > 0 && { query }),
		...(body !== undefined && { body }),
	};
	return { request, headers: message.headers };
}

/** Returns a response with a record for each entry of a batch, an empty list for what is read, and an empty record otherwise. @param {WireRequest} request */
function responseTo({ method, path, body }) {
	// Clerk's list of users has no total beside it.
	if (method === 'GET') return path === '/users' ? [] : { data: [], total_count: 0 };
	if (Array.isArray(body)) return body;
	const [list] = Object.values(body ?? {});
	const isListOfIds = Object.keys(body ?? {}).length === 1 && Array.isArray(list);
	return isListOfIds ? list.map((id) => ({ id })) : {};
}

async function startRecorder() {
	/** @type {Arrival[]} */
	let arrivals = [];
	const server = createServer(async (message, response) => {
		const arrival = await toArrival(message);
		arrivals.push(arrival);
		// The official SDK reads JSON only with this content type.
		response.setHeader('content-type', 'application/json');
		response.end(JSON.stringify(responseTo(arrival.request)));
	});
	await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
	const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
	const origin = `http://127.0.0.1:${port}`;
	return {
		origin,
		url: `${origin}${BASE_PATH}`,
		/** Returns the requests since the last call. */
		take() {
			const sinceLastCall = arrivals;
			arrivals = [];
			return sinceLastCall;
		},
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve(undefined));
				server.closeAllConnections();
			}),
	};
}

/** @typedef {Awaited<ReturnType<typeof startRecorder>>} Recorder */

module.exports = { startRecorder };
