'use strict';

const { refusal } = require('./errors');
const { mapValues } = require('./values');

/**
 * @typedef {object} LoggedRequest
 * @property {number} at when it arrived
 * @property {string} method
 * @property {string} path as sent, without `/v1` and the query
 * @property {string} url as sent
 * @property {Record<string, string | string[]>} query decoded
 * @property {Record<string, string | string[] | undefined>} headers with the secret key masked
 * @property {unknown} body of a form, its files without their bytes
 * @property {string} rawBody of a form, a character for a byte (latin1)
 * @property {number | null} status `null` while there is no response, or when there was none
 * @property {string} [fault] the fault that was injected
 */

/** @param {string} authorization */
const mask = (authorization) => authorization.replace(/^(Bearer (?:[ps]k_[a-z]+_)?|).*$/, '$1***');

/** @param {import('fastify').FastifyRequest} request @param {number} at @returns {LoggedRequest} */
function logged(request, at) {
	const { authorization, ...headers } = request.headers;
	const { url = '' } = request.raw;
	return {
		at,
		method: request.method,
		path: url.replace(/\?.*/, '').replace(/^\/v1(?=\/|$)/, ''),
		url,
		query: { .../** @type {Record<string, string | string[]>} */ (request.query) },
		headers: { ...headers, ...(authorization && { authorization: mask(authorization) }) },
		body: undefined,
		rawBody: '',
		status: null,
	};
}

/**
 * The fields of a form, of files what was sent: undici's strict reader finds out whether a client sends
 * what a server can read.
 * @type {(body: Buffer, contentType: string) => Promise<Values>}
 */
async function parseForm(body, contentType) {
	const headers = { 'content-type': contentType };
	const form = await new Response(body, { headers }).formData().catch((error) => {
		throw refusal('not_multipart', { reason: error.message });
	});
	/** @type {Values} */
	const fields = {};
	for (const [name, value] of form) {
		if (typeof value === 'string') fields[name] = value;
		else {
			const bytes = Buffer.from(await value.arrayBuffer());
			fields[name] = { filename: value.name, type: value.type.split(';')[0], bytes };
		}
	}
	return fields;
}

/** The form without the bytes, for the request log. @param {Values} form */
const summary = (form) =>
	mapValues(form, (value) => {
		if (typeof value === 'string') return value;
		return { filename: value.filename, type: value.type, size: value.bytes.length };
	});

module.exports = { logged, parseForm, summary };
