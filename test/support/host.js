const { default: axios } = require('axios');
const qs = require('qs');
const { ClerkApi } = require('../../credentials/ClerkApi.credentials');
const { Clerk } = require('../../nodes/Clerk/Clerk.node.ts');

/**
 * Stands in for n8n around a node: reads parameters from plain objects, and sends with axios and the
 * options that n8n-core 2.40 gives it, so that what is on the wire is what n8n sends.
 */

/** One for all runs, as in n8n: what it builds is its form. */
const node = new Clerk();

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

/** What n8n keeps outside of the items. @type {Map<string, Buffer>} */
const stored = new Map();

/** @param {string} id */
function storedBytes(id) {
	const bytes = stored.get(id);
	if (bytes) return bytes;
	throw new Error(`There is no file ${id}`);
}

/** As careless as n8n's own, to which `__proto__` is a field of every item. @param {import('n8n-workflow').INodeExecutionData[]} items */
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

/** A file of an item, as an n8n keeps it that has everything in memory. @param {FileWords} file */
const binaryFile = ({ content, ...file }) => ({
	...file,
	data: Buffer.from(content).toString('base64'),
});

/** The same, as n8n keeps it elsewhere: the item has an ID of it. @param {FileWords} file */
function storedFile({ content, ...file }) {
	const id = `filesystem-v2:${stored.size}`;
	stored.set(id, Buffer.from(content));
	return { ...file, id, data: 'filesystem-v2' };
}

/** n8n wraps what axios throws in an error of its own, with the request (and its key) as the cause. */
class WrappedByN8n extends Error {}

/**
 * @param {() => AbortSignal | undefined} signal
 * @param {import('n8n-workflow').INodeExecutionData[]} items
 * @param {number} [timeoutMs]
 */
const helpersWith = (signal, items, timeoutMs) => ({
	...binaryHelpers(items),
	/**
	 * @param {string} type
	 * @param {import('n8n-workflow').IHttpRequestOptions} options
	 * @param {{ credentialsDecrypted: { data: any } }} additional
	 */
	async httpRequestWithAuthentication(type, options, { credentialsDecrypted }) {
		if (type !== 'clerkApi') throw new Error(`unexpected credential type ${type}`);
		const authenticate = /** @type {Function} */ (new ClerkApi().authenticate);
		try {
			const abortSignal = signal();
			return await httpRequest(
				await authenticate(credentialsDecrypted.data, {
					...options,
					timeout: timeoutMs ?? options.timeout,
					abortSignal,
				}),
			);
		} catch (error) {
			throw new WrappedByN8n(/** @type {Error} */ (error).message, { cause: error });
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
 * }} Given - `parameters` as an array: those of each item; `timeoutMs` in place of the minute that the node waits for an answer
 */

/** @param {Given} given */
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
		helpers: helpersWith(() => signal, inputs, timeoutMs),
	};
	return host;
}

/**
 * Runs the node as n8n would.
 *
 * @param {Given} given
 * @returns {Promise<import('n8n-workflow').INodeExecutionData[]>}
 */
async function runNode(given) {
	const host = /** @type {any} */ (hostOf(given));
	const [output] = await node.execute.call(host);
	// n8n leaves of the JSON beside an error its message only.
	return output.map((item) =>
		item.error ? { ...item, json: { error: item.error.message } } : item,
	);
}

module.exports = { binaryFile, binaryHelpers, helpersWith, hostOf, runNode, storedFile };
