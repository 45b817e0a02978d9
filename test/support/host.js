const { default: axios } = require('axios');
const qs = require('qs');
const { ClerkApi } = require('../../credentials/ClerkApi.credentials');
const { Clerk } = require('../../nodes/Clerk/Clerk.node.ts');
const { realClock } = require('../../nodes/Clerk/engine/rateLimit/clock');

/**
 * Stands in for n8n around a node: reads parameters from plain objects, and sends requests with axios
 * and the options of n8n-core 2.40, so that the bytes on the wire are those of n8n.
 */

/** @typedef {Record<string, any>} Values */

/**
 * @param {import('n8n-workflow').IHttpRequestOptions} options
 * @returns {import('axios').AxiosRequestConfig}
 */
function toAxios({
	method,
	url,
	qs: query,
	headers,
	body,
	timeout,
	encoding,
	abortSignal,
	...rest
}) {
	/** @type {import('axios').AxiosRequestConfig} */
	const config = {
		method,
		url,
		headers: /** @type {any} */ (headers ?? {}),
		params: query,
		timeout,
		signal: /** @type {any} */ (abortSignal),
		responseType: /** @type {any} */ (encoding),
		maxBodyLength: Infinity,
		maxContentLength: Infinity,
	};
	if (rest.baseURL !== undefined) config.baseURL = rest.baseURL;
	if (rest.disableFollowRedirect) config.maxRedirects = 0;
	if (rest.ignoreHttpStatusErrors) config.validateStatus = () => true;
	const { arrayFormat } = rest;
	if (arrayFormat)
		config.paramsSerializer = { serialize: (params) => qs.stringify(params, { arrayFormat }) };
	const isEmptyObject = body instanceof Object && Object.keys(body).length === 0;
	if (body && !isEmptyObject && method !== 'GET') config.data = body;
	return config;
}

/** @param {import('n8n-workflow').IHttpRequestOptions} options */
async function httpRequest(options) {
	const { data, headers, status, statusText } = await axios.request(toAxios(options));
	if (!options.returnFullResponse) return data;
	return { body: data, headers, statusCode: status, statusMessage: statusText };
}

/** Files that n8n stores outside of the items, by ID. @type {Map<string, Buffer>} */
const stored = new Map();

/** @param {string} id */
function storedBytes(id) {
	const bytes = stored.get(id);
	if (bytes) return bytes;
	throw new Error(`There is no file ${id}`);
}

/**
 * n8n's helpers for files. Like n8n's own, they find `__proto__` in every item (docs/n8n-notes.md, 18).
 *
 * @param {import('n8n-workflow').INodeExecutionData[]} items
 */
const binaryHelpers = (items) => ({
	/** @param {number} index @param {string | import('n8n-workflow').IBinaryData} named */
	assertBinaryData(index, named) {
		const file = typeof named === 'string' ? items[index].binary?.[named] : named;
		if (file) return file;
		throw new Error(`This operation expects the node's input data to contain "${named}"`);
	},
	/** @param {number} index @param {string | import('n8n-workflow').IBinaryData} named */
	async getBinaryDataBuffer(index, named) {
		const { id, data } = this.assertBinaryData(index, named);
		return id ? storedBytes(id) : Buffer.from(data, 'base64');
	},
	/** @param {string} id */
	async getBinaryMetadata(id) {
		return { fileSize: storedBytes(id).length };
	},
});

/** @typedef {{ fileName?: string, mimeType: string, content: string | Buffer }} FileWords */

/** Returns a file of an item as n8n keeps it in memory. @param {FileWords} file */
const binaryFile = ({ content, ...file }) => ({
	...file,
	data: Buffer.from(content).toString('base64'),
});

/** Returns a file of an item as n8n stores it outside of memory: the item has only its ID. @param {FileWords} file */
function storedFile({ content, ...file }) {
	const id = `filesystem-v2:${stored.size}`;
	stored.set(id, Buffer.from(content));
	return { ...file, id, data: 'filesystem-v2' };
}

/** n8n's error around the one of axios, whose cause has the request with its key (docs/n8n-notes.md, 8). */
class WrappedByN8n extends Error {}

/**
 * @param {import('n8n-workflow').INodeExecutionData[]} items
 * @param {number} [timeoutMs]
 */
const helpersWith = (items, timeoutMs) => ({
	...binaryHelpers(items),
	/**
	 * As n8n's, it takes the signal from the context that it is called on (docs/n8n-notes.md, 4).
	 *
	 * @this {any}
	 * @param {string} type
	 * @param {import('n8n-workflow').IHttpRequestOptions} options
	 * @param {{ credentialsDecrypted: { data: any } }} additional
	 */
	async httpRequestWithAuthentication(type, options, { credentialsDecrypted }) {
		if (type !== 'clerkApi') throw new Error(`unexpected credential type ${type}`);
		const authenticate = /** @type {Function} */ (new ClerkApi().authenticate);
		// A clock that jumps by itself must not do so while a request is on its way.
		const landed = /** @type {any} */ (realClock).hold?.();
		try {
			const abortSignal = this.getExecutionCancelSignal();
			return await httpRequest(
				await authenticate(credentialsDecrypted.data, {
					...options,
					timeout: timeoutMs ?? options.timeout,
					abortSignal,
				}),
			);
		} catch (error) {
			throw new WrappedByN8n(/** @type {Error} */ (error).message, { cause: error });
		} finally {
			landed?.();
		}
	},
});

const NODE = {
	id: 'b2b6c1a0-0000-4000-8000-000000000000',
	name: 'Clerk',
	type: 'n8n-nodes-clerk.clerk',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

/** @type {(value: any, path: string) => any} */
const get = (value, path) => path.split('.').reduce((at, key) => at?.[key], value);

/**
 * @typedef {{
 *   credential: Values | ((itemIndex: number) => Values),
 *   parameters: Values | Values[],
 *   items?: import('n8n-workflow').INodeExecutionData[],
 *   continueOnFail?: boolean,
 *   node?: Partial<import('n8n-workflow').INode>,
 *   timezone?: string,
 *   signal?: AbortSignal,
 *   timeoutMs?: number,
 * }} HostOptions - `parameters` as an array has those of each item; `timeoutMs` replaces the minute that the node waits for a response
 */

/** @param {HostOptions} options */
function hostOf({
	credential,
	parameters,
	items,
	continueOnFail = false,
	node: differing,
	timezone = 'UTC',
	signal,
	timeoutMs,
}) {
	const perItem = Array.isArray(parameters) ? parameters : undefined;
	const inputs = items ?? (perItem ?? [{}]).map(() => ({ json: {} }));
	/** @type {any[]} */
	const hints = [];
	const host = {
		hints,
		getInputData: () => inputs,
		getNode: () => ({ ...NODE, ...differing }),
		getTimezone: () => timezone,
		continueOnFail: () => continueOnFail,
		getExecutionCancelSignal: () => signal,
		addExecutionHints: (/** @type {any[]} */ ...more) => hints.push(...more),
		getCredentials: async (/** @type {string} */ _type, index = 0) =>
			typeof credential === 'function' ? credential(index) : credential,
		getNodeParameter(
			/** @type {string} */ name,
			/** @type {number} */ index,
			/** @type {any} */ fallback,
		) {
			const value = get(perItem ? perItem[index] : parameters, name);
			if (value !== undefined) return value;
			if (fallback === undefined) throw new Error(`Could not get parameter "${name}"`);
			return fallback;
		},
		getCurrentNodeParameter: (/** @type {string} */ name) => get(parameters, name),
		logger: { debug() {}, info() {}, warn() {}, error() {} },
		helpers: helpersWith(inputs, timeoutMs),
	};
	return host;
}

/**
 * Runs the node as n8n does.
 *
 * @param {HostOptions} options
 * @returns {Promise<import('n8n-workflow').INodeExecutionData[]>}
 */
async function runNode(options) {
	const host = /** @type {any} */ (hostOf(options));
	const [output] = await Clerk.prototype.execute.call(host);
	// n8n reduces an item with an error to its message (docs/n8n-notes.md, 22).
	return output.map((item) =>
		item.error ? { ...item, json: { error: item.error.message } } : item,
	);
}

module.exports = { binaryFile, binaryHelpers, helpersWith, hostOf, runNode, storedFile };
