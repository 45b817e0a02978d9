'use strict';

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

/**
 * @param {import('fastify').FastifyRequest} request
 * @param {number} at
 * @returns {LoggedRequest}
 */
function logged(request, at) {
	const { authorization, ...headers } = request.headers;
	const [path = ''] = request.raw.url?.split('?') ?? [];
	return {
		at,
		method: request.method,
		path: path.replace(/^\/v1(?=\/|$)/, ''),
		url: request.raw.url ?? '',
		query: { .../** @type {Record<string, string | string[]>} */ (request.query) },
		headers: { ...headers, ...(authorization && { authorization: mask(authorization) }) },
		body: undefined,
		rawBody: '',
		status: null,
	};
}

module.exports = { logged };
