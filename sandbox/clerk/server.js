'use strict';

const { once } = require('node:events');
const { createServer } = require('node:http');
const { setTimeout: sleep } = require('node:timers/promises');
const { fastify } = require('fastify');
const { ClerkError, entry, refusal, refuseIf } = require('./errors');
const { LIVE_KEY, authenticate } = require('./keys');
const { machineWithKey } = require('./resources/machines');
const { logged, parseForm, summary } = require('./requests');
const { validatorCompiler } = require('./validation');

/**
 * @typedef {Record<string, string>} Params
 * @typedef {{ state: State, params: Params, query: Values, body: Values, machine?: Row }} Call `machine`:
 *   whose secret key the request came with
 *
 * @typedef {object} Settings of a route
 * @property {Schema} [query]
 * @property {Schema} [body]
 * @property {Schema} [form] of a multipart body
 * @property {number} [status] of the response, when it is not 200
 * @property {string} [type] of the response, when it is not JSON
 * @property {number} [refusalStatus] of a response that refuses parameters, when it is not 422
 * @property {boolean} [testingOnly] not for a production instance
 * @property {boolean} [takesMachineKey] the secret key of a machine opens it too
 * @property {import('./rateLimit').UpdatedRecord} [updates] counts against the updates of one record
 * @property {import('./rateLimit').HourlyBucket} [hourly] the limit of calls an hour it counts against
 *
 * @typedef {Settings & { respond(call: Call): unknown }} Route
 * @typedef {Record<string, Route>} Routes by request line: `GET /users/{user_id}`
 *
 * @typedef {object} Simulation
 * @property {State} state
 * @property {ReadonlySet<string>} keys
 * @property {import('./requests').LoggedRequest[]} requests
 * @property {ReturnType<typeof import('./rateLimit').createRateLimiter>} rateLimiter
 * @property {ReturnType<typeof import('./faults').createFaults>} faults
 * @property {{ ms: number }} latency
 *
 * @typedef {import('fastify').FastifyRequest} Request
 * @typedef {import('fastify').FastifyReply} Reply
 * @typedef {Simulation & { log: import('./requests').LoggedRequest }} Served
 * @typedef {(request: Request, bytes: Buffer) => Promise<unknown>} Parser logs what it reads
 */

/** Longer than a client waits between two requests of a run. */
const KEPT_ALIVE_MS = 72_000;

/** @param {any} error @returns {ClerkError} */
function toClerkError(error) {
	if (error instanceof ClerkError) return error;
	const status = error?.statusCode ?? 500;
	if (status < 500) return new ClerkError(status, [entry('request_invalid', String(error))]);
	// A bug of the simulation's own: the stack shows where.
	const stack = error?.stack ?? String(error);
	return new ClerkError(500, [entry('internal_clerk_error', 'The simulation broke', stack)]);
}

/** @param {Request} request @returns {{ path?: string, route?: Partial<Route> }} */
const configOf = (request) => /** @type {any} */ (request.routeOptions.config);

/** @param {unknown} error @param {Request} request @param {Reply} reply */
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

/** The simulation a request was sent to. @type {WeakMap<import('node:http').IncomingMessage, Served>} */
const served = new WeakMap();

/** @param {import('node:http').IncomingMessage} message */
const servedBy = (message) => /** @type {Served} */ (served.get(message));

/** Not with fastify's parser, to which a key called `__proto__` is an attack. @type {Parser} */
async function readJson({ raw }, bytes) {
	const { log } = servedBy(raw);
	log.rawBody = String(bytes);
	if (bytes.length === 0) return undefined;
	try {
		log.body = JSON.parse(log.rawBody);
	} catch {
		throw refusal('request_body_invalid');
	}
	return log.body;
}

/** @type {Parser} */
async function readForm({ raw, headers }, bytes) {
	const { log } = servedBy(raw);
	log.rawBody = bytes.toString('latin1');
	const form = await parseForm(bytes, headers['content-type'] ?? '');
	log.body = summary(form);
	return form;
}

/** @type {(when: 'before' | 'after', request: Request, reply: Reply, text: string) => Promise<unknown>} */
async function injectFault(when, request, reply, text) {
	const { log, faults } = servedBy(request.raw);
	// A response that is a fault already is not hit by another.
	if (log.fault && log.fault !== 'delay') return undefined;
	const route = configOf(request).path ?? '';
	const fault = faults.take(when, { method: request.method, path: log.path, route });
	if (!fault) return undefined;
	log.fault = fault.kind;
	const replacement = await faults.apply(fault, { socket: request.raw.socket, reply, text });
	if (replacement) reply.code(replacement.status).headers(replacement.headers);
	return replacement?.text;
}

/** Rejects a request without a key, beyond a limit, or of a wrong type. @param {Request} request */
function admit(request) {
	const { state, keys, rateLimiter } = servedBy(request.raw);
	const { route = {} } = configOf(request);
	const { updates, hourly, testingOnly, takesMachineKey } = route;
	const key = authenticate(
		request.headers.authorization,
		(given) => keys.has(given) || Boolean(takesMachineKey && machineWithKey(state, given)),
	);
	rateLimiter.admitKey(key);
	refuseIf(testingOnly && key === LIVE_KEY, 'request_invalid_for_environment');
	const isMultipart = /^multipart\/form-data\b/i.test(request.headers['content-type'] ?? '');
	const isForm = route.form !== undefined;
	const type = isForm ? 'multipart/form-data' : 'application/json';
	const isOther = route.respond && isForm !== isMultipart && hasBody(request);
	refuseIf(isOther, 'unsupported_content_type', { type });
	if (updates) rateLimiter.admitUpdate(updates, Object.values(request.params ?? {}).join('/'));
	if (hourly) rateLimiter.admitHourly(hourly);
}

/** One app for a whole process: making its 250 routes takes longer than most tests. @param {Routes} routes */
function createApp(routes) {
	const app = fastify({
		exposeHeadRoutes: false,
		frameworkErrors: respondWithError,
		bodyLimit: 16 * 1024 * 1024,
		genReqId: (message) => servedBy(message).state.newId('trace').slice(-22),
		routerOptions: { maxParamLength: 1000 },
	});
	app.setValidatorCompiler(/** @type {any} */ (validatorCompiler));

	app.removeAllContentTypeParsers();
	app.addContentTypeParser('*', { parseAs: 'buffer' }, readJson);
	app.addContentTypeParser('multipart/form-data', { parseAs: 'buffer' }, readForm);

	app.setErrorHandler(respondWithError);

	app.setNotFoundHandler(({ method, url }) => {
		const message = `There is no ${method} ${url.split('?')[0]}.`;
		throw new ClerkError(404, [entry('resource_not_found', 'not found', message)]);
	});

	app.addHook('onRequest', async (request) => {
		const { state, requests } = servedBy(request.raw);
		const log = logged(request, state.clock());
		servedBy(request.raw).log = log;
		requests.push(log);
		admit(request);
	});

	app.addHook('preValidation', async (request, reply) => {
		const { latency } = servedBy(request.raw);
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
		servedBy(request.raw).log.status = reply.statusCode;
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
				const { state } = servedBy(request.raw);
				const [, key = ''] = (request.headers.authorization ?? '').split(' ');
				const about = { state, machine: machineWithKey(state, key), body: request.body ?? {} };
				if (type) reply.type(type);
				const { params, query: given } = /** @type {any} */ (request);
				return reply.code(status).send(respond({ ...about, params, query: given }));
			},
		});
	}
	return app;
}

/** @type {WeakMap<Routes, import('fastify').FastifyInstance>} */
const apps = new WeakMap();

// Serves a simulation on this machine, until it is closed. Port `0` takes a free one.
/** @param {Routes} routes @param {Simulation} simulation @param {number} port */
async function serve(routes, simulation, port) {
	const app = apps.get(routes) ?? createApp(routes);
	apps.set(routes, app);
	await app.ready();
	const server = createServer((message, response) => {
		served.set(message, { ...simulation, log: /** @type {any} */ ({}) });
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
