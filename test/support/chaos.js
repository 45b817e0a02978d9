'use strict';

const { inspect } = require('node:util');
const { execute } = require('../../nodes/Clerk/engine/execute');
const { resources } = require('../../nodes/Clerk/resources');
const { limits } = require('../../nodes/Clerk/resources/limits');
const {
	errorResponse,
	networkError,
	pendingResponse,
	response,
	scriptedHost,
} = require('./scripted');

/**
 * A small Clerk with faults of every kind, and runs of the node against it, in virtual time and by a
 * seed. Each item has a mark of its own, which the requests of the item carry to this Clerk.
 *
 * @typedef {Record<string, any>} Values
 * @typedef {{ now(): number, wait(ms: number): Promise<void>, setForward(ms: number): void }} ChaosClock
 * @typedef {() => number} Random from 0 to 1
 */

/** The seeds to try: a few, or as many as the variable says, each time others. */
function seeds() {
	const count = Number(process.env.CLERK_CHAOS_SEEDS ?? 0);
	const first = Date.now() % 1e9;
	return count > 0 ? Array.from({ length: count }, (_, at) => first + at) : [1, 2];
}

/** @template T @param {Random} random @param {T[]} values @returns {T} */
const pick = (random, values) => values[Math.floor(random() * values.length)];

/** @param {string} value */
const byId = (value) => ({ __rl: true, mode: 'id', value });

/** The ID of the same mark with another prefix. @param {string} prefix @param {string} mark */
const as = (prefix, mark) => mark.replace(/^(?:user_)?/, `${prefix}_`);

/** The operations: the parameters of an item with a mark, whose writes are marked as well. @type {Record<string, (mark: string) => Values>} */
const OPERATIONS = {
	'user.create': (mark) => ({
		additionalFields: { emailAddress: [`${mark}@example.com`] },
	}),
	'user.get': (mark) => ({ userId: byId(mark) }),
	'user.update': (mark) => ({ userId: byId(mark), updateFields: { firstName: 'Ada' } }),
	'user.delete': (mark) => ({ userId: byId(mark) }),
	'user.ban': (mark) => ({ userId: byId(mark) }),
	'user.unban': (mark) => ({ userId: byId(mark) }),
	'user.lock': (mark) => ({ userId: byId(mark) }),
	'user.unlock': (mark) => ({ userId: byId(mark) }),
	'user.getAll': () => ({ returnAll: true }),
	'user.upsert': (mark) => ({ matchBy: 'emailAddress', matchValue: `${mark}@example.com` }),
	'user.revokeAllSessions': (mark) => ({ userId: byId(mark) }),
	'organization.create': (mark) => ({ name: mark }),
	'organization.get': (mark) => ({ organizationId: byId(as('org', mark)) }),
	'organization.update': (mark) => ({
		organizationId: byId(as('org', mark)),
		updateFields: { name: 'Acme' },
	}),
	'organization.delete': (mark) => ({ organizationId: byId(as('org', mark)) }),
	'organizationMembership.create': (mark) => ({
		organizationId: byId('org_1'),
		userId: byId(mark),
		role: { __rl: true, mode: 'id', value: 'org:member' },
	}),
	'invitation.create': (mark) => ({ emailAddress: `${mark}@example.com` }),
	'invitation.createMany': (mark) => ({ emailAddress: `${mark}@example.com` }),
	'session.revoke': (mark) => ({ sessionId: byId(as('sess', mark)) }),
	'apiRequest.send': (mark) => ({
		method: 'POST',
		path: `/things/${mark}/start`,
		query: '{}',
		body: '{}',
	}),
};

/** The marks in a text. @param {unknown} text @returns {string[]} */
const marksIn = (text) =>
	[...new Set(String(text).match(/mark\d+/g))].map((mark) => as('user', mark));

/** How long the limits of a key count, and how much of one the node may use. */
const WINDOW_MS = 10_000;
const SHARE = 80;

class ChaosClerk {
	/** How often a POST with each mark was carried out. @type {Map<string, number>} */
	executed = new Map();

	/** What must not be. @type {string[]} */
	violations = [];

	/** When the requests of each key came. @type {Map<string, number[]>} */
	arrivals = new Map();

	/** @param {ChaosClock} clock @param {Random} random @param {{ faults: boolean }} options */
	constructor(clock, random, { faults }) {
		this.clock = clock;
		this.random = random;
		this.faults = faults;
	}

	/** @param {import('./scripted').Sent} sent @param {string} key */
	async respond(sent, key) {
		this.arrive(key);
		const fault = this.faults && this.random() < 0.25 ? pick(this.random, FAULTS) : undefined;
		if (this.random() < 0.5) await this.clock.wait(this.random() * 500);
		const response = fault ? await fault(this, sent) : this.execute(sent);
		// On its way back; n8n's helper throws when it is ended meanwhile.
		if (this.random() < 0.5) await this.clock.wait(this.random() * 500);
		if (sent.abortSignal?.aborted) throw networkError('ERR_CANCELED');
		return response;
	}

	/** @param {string} key */
	arrive(key) {
		const now = this.clock.now();
		const times = (this.arrivals.get(key) ?? []).filter((at) => at > now - WINDOW_MS);
		times.push(now);
		this.arrivals.set(key, times);
		if (times.length > SHARE) this.violations.push(`${times.length} requests in 10 s`);
	}

	/** @param {import('./scripted').Sent} sent */
	execute({ method, url, body, qs }) {
		const path = url.slice(url.indexOf('/v1') + 3);
		const marks = marksIn(`${path} ${String(body ?? '')}`);
		if (method === 'POST') {
			for (const mark of marks) {
				const times = (this.executed.get(mark) ?? 0) + 1;
				this.executed.set(mark, times);
				if (times > 1) this.violations.push(`${method} ${path} of ${mark} was carried out twice`);
			}
		}
		if (Array.isArray(tryParse(body))) {
			return response(
				200,
				tryParse(body).map((/** @type {Values} */ entry) => ({ id: 'inv_1', ...entry })),
			);
		}
		if (method === 'GET' && path === '/users') {
			// Nobody has the address of an upsert.
			return response(200, qs?.email_address ? [] : [{ id: 'user_1' }, { id: 'user_2' }]);
		}
		if (method === 'GET' && path === '/sessions') return response(200, []);
		return response(200, { id: marks[0] ?? 'user_1' });
	}
}

/** @param {unknown} text */
function tryParse(text) {
	try {
		return JSON.parse(String(text));
	} catch {
		return undefined;
	}
}

/** @typedef {(clerk: ChaosClerk, sent: import('./scripted').Sent) => unknown} Fault */

/** @param {number} status @returns {Fault} */
const before = (status) => () => response(status, 'upstream');

/** @param {number} status @returns {Fault} */
const after = (status) => (clerk, sent) => {
	clerk.execute(sent);
	return response(status, 'upstream');
};

/** @param {string} code @param {boolean} wasExecuted @returns {Fault} */
const breaking = (code, wasExecuted) => (clerk, sent) => {
	if (wasExecuted) clerk.execute(sent);
	throw networkError(code);
};

/** @param {boolean} wasExecuted @returns {Fault} */
const hang = (wasExecuted) => async (clerk, sent) => {
	if (wasExecuted) clerk.execute(sent);
	return await pendingResponse(sent.abortSignal);
};

/** @param {string} value @returns {Fault} */
const tooMany = (value) => () =>
	errorResponse(429, [{ message: 'too many' }], { 'retry-after': value });

/** @type {Fault[]} */
const FAULTS = [
	...[500, 502, 503, 504].flatMap((status) => [before(status), after(status)]),
	...['ECONNRESET', 'EPIPE', 'EPROTO', 'ERR_SSL_WRONG_VERSION_NUMBER'].flatMap((code) => [
		breaking(code, true),
		breaking(code, false),
	]),
	breaking('ECONNREFUSED', false),
	breaking('CERT_HAS_EXPIRED', false),
	hang(true),
	hang(false),
	...['1', '5', '5', '12'].map(tooMany),
	(clerk, sent) => ({ ...clerk.execute(sent), body: '{"id":"us' }),
	(clerk, sent) => ({ ...clerk.execute(sent), body: '<html>' }),
	() => response(422, { errors: [{ message: 5, code: null, meta: 'x' }, null] }),
	() => errorResponse(403, [{ message: 'no', code: 'x' }]),
	() => response(404, 'no such page'),
];

/** Comes once in a while only, since it stops a key for an hour. */
const LONG_PAUSES = ['3600', '86400', '1e13'];

/**
 * @typedef {{ name: string, count: number, key: string, stopAt?: number, continueOnFail: boolean, options: Values }} Plan
 */

let marked = 0;

/** Runs one operation, and says what must not be. @param {ChaosClerk} clerk @param {Plan} plan @returns {Promise<string[]>} */
async function runPlan(clerk, { name, count, key, stopAt, continueOnFail, options }) {
	const [resource, operation] = name.split('.');
	const marks = Array.from({ length: count }, () => `user_mark${marked++}`);
	const stop = new AbortController();
	const { host } = scriptedHost(
		{
			parameters: marks.map((mark) => ({
				resource,
				operation,
				options,
				...OPERATIONS[name](mark),
			})),
			credential: {
				secretKey: key,
				baseUrl: 'https://api.clerk.com/v1',
				accessPolicy: 'full',
				rateLimitShare: SHARE,
			},
			continueOnFail,
			signal: stop.signal,
		},
		async (sent) => await clerk.respond(sent, key),
	);
	if (stopAt !== undefined) void clerk.clock.wait(stopAt).then(() => stop.abort());
	const [items, error] = await execute(host, { resources, limits }).then(
		([output]) => [output, undefined],
		(/** @type {any} */ thrown) => [undefined, thrown],
	);
	/** @param {number} index */
	const times = (index) => clerk.executed.get(marks[index]) ?? 0;
	if (!clerk.faults) {
		const failed = items?.find((/** @type {any} */ { json }) => json.error)?.json;
		if (failed) return [`${name} failed: ${failed.error} ${failed.message}`];
		return error ? [`${name} failed: ${error.message} ${error.description}`] : [];
	}
	const isWrite = operation !== 'get' && operation !== 'getAll';
	const isPost = isWrite && !['update', 'delete', 'revokeAllSessions'].includes(operation);
	return items
		? violationsOfOutput(items, count, isPost, times)
		: violationsOfError(error, count, isPost, times);
}

/**
 * @param {any[]} items
 * @param {number} count
 * @param {boolean} isPost
 * @param {(index: number) => number} times
 */
function violationsOfOutput(items, count, isPost, times) {
	const found = [];
	const linked = new Set(items.map(({ pairedItem }) => pairedItem.item));
	for (let index = 0; index < count; index++) {
		if (!linked.has(index)) found.push(`item ${index} has no output`);
	}
	for (const { json, pairedItem } of items) {
		const { error, message } = json;
		const index = pairedItem.item;
		if (!isPost) continue;
		const isUnknown = /Outcome unknown/.test(message ?? '');
		if (!error && times(index) !== 1) {
			found.push(`item ${index} is done, and was carried out ${times(index)} times`);
		}
		if (error && !isUnknown && times(index) > 0) {
			found.push(`item ${index} was carried out, but says: ${error} ${message}`);
		}
	}
	return found;
}

/** `0–2, 5` → 0, 1, 2, 5. @param {string} ranges */
const indexesIn = (ranges) =>
	ranges.split(', ').flatMap((range) => {
		const [from, to = from] = range.split('–').map(Number);
		return Array.from({ length: to - from + 1 }, (_, at) => from + at);
	});

/**
 * @param {any} error
 * @param {number} count
 * @param {boolean} isPost
 * @param {(index: number) => number} times
 */
function violationsOfError(error, count, isPost, times) {
	const text = `${error.message} ${error.description}`;
	if (!error.constructor.name.startsWith('Node')) return [`threw ${error.stack}`];
	const own = Number(/\[item (\d+)\]$/.exec(error.message)?.[1]);
	/** @type {Map<number, string>} */
	const states = new Map();
	const found = [];
	const notes = text.matchAll(
		/(Carried out before the node stopped|Partly carried out|Outcome unknown|Refused as well|Not sent|Not carried out, because their call was refused): items ([\d–, ]+)\./g,
	);
	for (const [, state, ranges] of notes) {
		for (const index of indexesIn(ranges)) {
			if (states.has(index)) found.push(`item ${index} is named twice: ${text}`);
			states.set(index, state);
		}
	}
	for (let index = 0; index < count; index++) {
		if (index === own) continue;
		const state = states.get(index);
		if (count > 1 && !state) found.push(`item ${index} of ${count} is not named: ${text}`);
		if (!isPost || !state) continue;
		const isDone = state.startsWith('Carried out');
		const isOpen = ['Outcome unknown', 'Partly carried out'].includes(state);
		if (isDone && times(index) !== 1) found.push(`item ${index} is said to be done: ${text}`);
		if (!isDone && !isOpen && times(index) > 0) {
			found.push(`item ${index} was carried out, but is named "${state}": ${text}`);
		}
	}
	if (isPost && times(own) > 0 && !/Outcome unknown: [A-Z]+ \/|Already carried out/.test(text)) {
		found.push(`item ${own} was carried out, but the message says: ${text}`);
	}
	return found;
}

/** The keys: one that is paused for an hour must not be the only one. */
const KEYS = ['chaos0', 'chaos1', 'chaos2', 'chaos3'].map((name) => ['sk', 'test', name].join('_'));

/** Without faults, and whatever pause was asked for, each key is of use again. @param {ChaosClerk} clerk */
async function violationsAnHourLater(clerk) {
	clerk.faults = false;
	await clerk.clock.wait(3_600_000);
	const options = { maxRetries: 0, concurrency: 1, maxWait: 0 };
	const plan = { name: 'user.get', count: 1, continueOnFail: false, options };
	const lists = await Promise.all(KEYS.map(async (key) => await runPlan(clerk, { ...plan, key })));
	return lists.flat().map((text) => `an hour later ${text}`);
}

/**
 * An hour of runs, at random times and side by side.
 *
 * @param {ChaosClock} clock
 * @param {Random} random
 * @param {{ faults?: boolean, runs?: number }} [options]
 * @returns {Promise<{ violations: string[], ended: number, runs: number }>}
 */
async function anHour(clock, random, { faults = true, runs = 60 } = {}) {
	const clerk = new ChaosClerk(clock, random, { faults });
	/** @param {unknown} reason */
	const onUnhandled = (reason) => clerk.violations.push(`unhandled: ${inspect(reason)}`);
	process.on('unhandledRejection', onUnhandled);
	const names = Object.keys(OPERATIONS);
	let ended = 0;
	let isOver = false;
	const all = Array.from({ length: runs }, async (_, at) => {
		const startAt = faults ? random() * 3_600_000 : at * 60_000;
		/** @type {Plan} */
		const plan = {
			name: names[at % names.length],
			count: 1 + Math.floor(random() * (random() < 0.2 ? 120 : 12)),
			key: pick(random, KEYS),
			continueOnFail: random() < 0.5,
			stopAt: faults && random() < 0.3 ? random() * pick(random, [500, 2_000, 20_000]) : undefined,
			options: {
				maxRetries: Math.floor(random() * 4),
				concurrency: 1 + Math.floor(random() * 40),
				maxWait: pick(random, [0, 5, 60, 600]),
			},
		};
		await clock.wait(startAt);
		const violations = await runPlan(clerk, plan);
		ended++;
		return violations.map((text) => `${JSON.stringify(plan)}: ${text}`);
	});
	const longPause = faults
		? clock.wait(2_000_000).then(() => FAULTS.push(tooMany(pick(random, LONG_PAUSES))))
		: undefined;
	const finished = Promise.all(all).then((lists) => {
		isOver = true;
		return lists.flat();
	});
	// Time goes on while everything hangs; what has not ended in three hours never will.
	for (let second = 0; second < 3 * 3_600 && !isOver; second += 10) {
		await clock.wait(10_000);
		if (faults && random() < 0.01) clock.setForward((random() - 0.5) * 7_200_000);
	}
	await longPause;
	const violations = isOver ? await finished : [`${runs - ended} runs hang`];
	if (faults) FAULTS.pop();
	if (isOver) violations.push(...(await violationsAnHourLater(clerk)));
	process.off('unhandledRejection', onUnhandled);
	return { violations: [...clerk.violations, ...violations], ended, runs };
}

module.exports = { anHour, operations: Object.keys(OPERATIONS), seeds };
