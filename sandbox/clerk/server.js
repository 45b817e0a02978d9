'use strict';

const { once } = require('node:events');
const { createServer } = require('node:http');
const { setTimeout: sleep } = require('node:timers/promises');
const { fastify } = require('fastify');
const { ClerkError, entry, refusal } = require('./errors');
const { LIVE_KEY, authenticate } = require('./keys');
const { parseForm, summary } = require('./multipart');
const { machineWithKey } = require('./resources/machines');
const { logged } = require('./requestLog');
const { validatorCompiler } = require('./validation');

/**
 * @typedef {object} Call
 * @property {import('./state').State} state
 * @property {Record<string, string>} params
 * @property {Record<string, any> & import('./lists').Paging} query
 * @property {Record<string, any>} body
 * @property {import('./resource').Row} [machine] whose secret key the request came with
 *
 * @typedef {object} Route
 * @property {import('./validation').Schema} [query]
 * @property {import('./validation').Schema} [body]
 * @property {import('./validation').Schema} [form] of a multipart body
 * @property {number} [status] of the response, when it is not 200
 * @property {string} [type] of the response, when it is not JSON
 * @property {number} [refusalStatus] of a response that refuses parameters, when it is not 422
 * @property {boolean} [testingOnly] not for a production instance
 * @property {boolean} [takesMachineKey] the secret key of a machine opens it too
 * @property {import('./rateLimit').UpdatedRecord} [updates] counts against the updates of one record
 * @property {import('./rateLimit').HourlyBucket} [hourly] the limit of calls an hour it counts against
 * @property {(call: Call) => unknown} respond
 *
 * @typedef {Record<string, Route>} Routes by request line: `GET /users/{user_id}`
 *
 * @typedef {object} Simulation
 * @property {import('./state').State} state
 * @property {ReadonlySet<string>} keys
 * @property {import('./requestLog').LoggedRequest[]} requests
 * @property {ReturnType<typeof import('./rateLimit').createRateLimiter>} rateLimiter
 * @property {ReturnType<typeof import('./faults').createFaults>} faults
 * @property {{ ms: number }} latency
 */

/** @typedef {import('fastify').FastifyRequest} Request */

/** Longer than a client waits between two requests of a run. */
const KEPT_ALIVE_MS = 72_000;

/** @param {unknown} error @returns {ClerkError} */
function toClerkError(error) {
	if (error instanceof ClerkError) return error;
	const status = /** @type {{ statusCode?: number }} */ (error)?.statusCode ?? 500;
	if (status < 500) return new ClerkError(status, [entry('request_invalid', String(error))]);
	// A bug of the simulation's own: the stack shows where.
	const stack = error instanceof Error ? error.stack : String(error);
	return new ClerkError(500, [entry('internal_clerk_error', 'The simulation broke', stack)]);
}

/** @param {Request} request @returns {{ path?: string, route?: Partial<Route> }} */
const configOf = (request) => /** @type {any} */ (request.routeOptions.config);

/** @param {unknown} error @param {Request} request @param {import('fastify').FastifyReply} reply */
function respondWithError(error, request, reply) {
	const { status, headers, errors } = toClerkError(error);
	return reply
		.code(status === 422 ? (configOf(request).route?.refusalStatus ?? 422) : status)
		.headers(headers)
		.send({ errors, clerk_trace_id: request.id });
}

/** @param {Request} request */
const hasBody = ({ headers }) =>
	headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

/** JSON.parse and not fastify's parser, to which a key called `__proto__` is an attack. @param {string} text */
function parseBody(text) {
	if (text === '') return undefined;
	try {
		return JSON.parse(text);
	} catch {
		throw new ClerkError(400, [entry('request_body_invalid', 'Request body invalid')]);
	}
}

/** The simulation that a request was sent to. @type {WeakMap<import('node:http').IncomingMessage, Simulation>} */
const simulations = new WeakMap();

/** @param {import('node:http').IncomingMessage} message */
const simulationOf = (message) => /** @type {Simulation} */ (simulations.get(message));

/** Makes one app for all simulations of a process: making its 250 routes takes longer than most tests. @param {Routes} routes */
function createApp(routes) {
	/** @type {WeakMap<Request, import('./requestLog').LoggedRequest>} */
	const log = new WeakMap();

	const app = fastify({
		exposeHeadRoutes: false,
		frameworkErrors: respondWithError,
		bodyLimit: 16 * 1024 * 1024,
		genReqId: (message) => simulationOf(message).state.newId('trace').slice(-22),
		routerOptions: { maxParamLength: 1000 },
	});
	app.setValidatorCompiler(/** @type {any} */ (validatorCompiler));

	/** Reads a body, and logs it. @param {string} type @param {(bytes: Buffer, contentType: string) => any} parse @param {{ raw: BufferEncoding, shown?: (body: any) => unknown }} how it is logged */
	const addParser = (type, parse, { raw, shown = (body) => body }) =>
		app.addContentTypeParser(
			type,
			{ parseAs: 'buffer' },
			async (/** @type {Request} */ request, /** @type {Buffer} */ bytes) => {
				const entryOf = log.get(request);
				if (entryOf) entryOf.rawBody = bytes.toString(raw);
				const body = await parse(bytes, request.headers['content-type'] ?? '');
				if (entryOf) entryOf.body = shown(body);
				return body;
			},
		);
	app.removeAllContentTypeParsers();
	addParser('*', (bytes) => parseBody(String(bytes)), { raw: 'utf8' });
	const parse = (/** @type {Buffer} */ bytes, /** @type {string} */ type) => parseForm(type, bytes);
	addParser('multipart/form-data', parse, { raw: 'latin1', shown: summary });

	app.setErrorHandler(respondWithError);

	app.setNotFoundHandler(({ method, url }) => {
		throw new ClerkError(404, [
			entry('resource_not_found', 'not found', `There is no ${method} ${url.split('?')[0]}.`),
		]);
	});

	/**
	 * @param {'before' | 'after'} when
	 * @param {Request} request
	 * @param {import('fastify').FastifyReply} reply
	 * @param {string} text the response, once there is one
	 */
	async function injectFault(when, request, reply, text) {
		const entryOf = log.get(request);
		// A response that is a fault already is not hit by another.
		if (entryOf?.fault && entryOf.fault !== 'delay') return undefined;
		const { method } = request;
		const route = configOf(request).path ?? '';
		const { faults } = simulationOf(request.raw);
		const fault = faults.take(when, { method, path: entryOf?.path ?? '', route });
		if (!fault) return undefined;
		if (entryOf) entryOf.fault = fault.kind;
		const replacement = await faults.apply(fault, { socket: request.raw.socket, reply, text });
		if (replacement) reply.code(replacement.status).headers(replacement.headers);
		return replacement?.text;
	}

	app.addHook('onRequest', async (request) => {
		const { state, keys, requests, rateLimiter } = simulationOf(request.raw);
		const entryOf = logged(request, state.clock());
		log.set(request, entryOf);
		requests.push(entryOf);
		const { route = {} } = configOf(request);
		const { updates, hourly, testingOnly, takesMachineKey } = route;
		const key = authenticate(request.headers.authorization, {
			has: (given) =>
				keys.has(given) || (takesMachineKey === true && machineWithKey(state, given) !== undefined),
		});
		rateLimiter.admitKey(key);
		if (testingOnly && key === LIVE_KEY) {
			const message = 'This is not available for production instances.';
			throw refusal(400, 'request_invalid_for_environment', message);
		}
		const isMultipart = /^multipart\/form-data\b/i.test(request.headers['content-type'] ?? '');
		const isForm = route.form !== undefined;
		if (route.respond && isForm !== isMultipart && hasBody(request)) {
			const message = `The body must be ${isForm ? 'multipart/form-data' : 'application/json'}.`;
			throw refusal(415, 'unsupported_content_type', message);
		}
		if (updates) {
			const ids = Object.values(/** @type {Record<string, string>} */ (request.params));
			rateLimiter.admitUpdate(updates, ids.join('/'));
		}
		if (hourly) rateLimiter.admitHourly(hourly);
	});

	app.addHook('preValidation', async (request, reply) => {
		const { latency } = simulationOf(request.raw);
		if (latency.ms > 0) await sleep(latency.ms, undefined, { ref: false });
		const text = await injectFault('before', request, reply, '');
		return text === undefined ? undefined : reply.send(text);
	});

	app.addHook('onSend', async (request, reply, payload) => {
		const text = await injectFault('after', request, reply, String(payload ?? ''));
		reply.header('x-clerk-trace-id', request.id);
		// The official SDK takes nothing else for JSON, and Clerk sends nothing else.
		const type = String(reply.getHeader('content-type') ?? '');
		if (type.startsWith('application/json')) reply.header('content-type', 'application/json');
		const entryOf = log.get(request);
		if (entryOf) entryOf.status = reply.statusCode;
		return text ?? payload;
	});

	for (const [requestLine, route] of Object.entries(routes)) {
		const { query, body, status = 200, type, respond } = route;
		const [method = '', path = ''] = requestLine.split(' ');
		app.route({
			method: /** @type {import('fastify').HTTPMethods} */ (method),
			url: `/v1${path.replace(/\{(\w+)\}/g, ':$1')}`,
			schema: { ...(query && { querystring: query }), ...(body && { body }) },
			config: /** @type {any} */ ({ path, route }),
			handler: async (request, reply) => {
				const { state } = simulationOf(request.raw);
				const call = /** @type {any} */ ({ state, params: request.params, query: request.query });
				const [, key = ''] = (request.headers.authorization ?? '').split(' ');
				const machine = machineWithKey(state, key);
				if (type) reply.type(type);
				return reply.code(status).send(respond({ ...call, machine, body: request.body ?? {} }));
			},
		});
	}
	return app;
}

/** @type {WeakMap<Routes, import('fastify').FastifyInstance>} */
const apps = new WeakMap();

/**
 * Serves a simulation on this machine, until it is closed.
 *
 * @param {Routes} routes
 * @param {Simulation} simulation
 * @param {number} port `0` takes a free one
 */
async function serve(routes, simulation, port) {
	const app = apps.get(routes) ?? createApp(routes);
	apps.set(routes, app);
	await app.ready();
	const server = createServer((message, response) => {
		simulations.set(message, simulation);
		app.routing(message, response);
	});
	server.keepAliveTimeout = KEPT_ALIVE_MS;
	server.listen(port, '127.0.0.1');
	await once(server, 'listening');
	const address = /** @type {import('node:net').AddressInfo} */ (server.address());
	return {
		origin: `http://127.0.0.1:${address.port}`,
		async close() {
			if (!server.listening) return;
			const closed = once(server, 'close');
			server.close();
			server.closeAllConnections();
			await closed;
		},
	};
}

module.exports = { serve };
