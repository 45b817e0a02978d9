'use strict';

const { randomUUID } = require('node:crypto');
const { Agent } = require('node:http');
const { setTimeout: sleep } = require('node:timers/promises');
const axios = require('axios').default;
const { exampleOf } = require('../../../sandbox/clerk/webhooks/examples');
const { signedHeaders } = require('../../../sandbox/clerk/webhooks/signed');
const { triggers } = require('../../../sandbox/n8n/testing/triggers');
const { chain, startProbed } = require('../../lib/n8n');
const { hostileRequests, isRefused } = require('./hostile');

/** What comes to webhooks in a real n8n: all that is not genuine, and what is, little by little or all at once. */

/** Of the hostile requests. */
const AT_ONCE = 20;
const SETTLED_WITHIN_MS = 300_000;
const PATIENCE_MS = 600_000;

const SECRET = `whsec_${Buffer.alloc(24, 1).toString('base64')}`;
const BODY = JSON.stringify(exampleOf({ clock: Date.now }, 'user.created'));

/** A connection for each request: n8n closes idle ones, and what is just then sent on one is lost. */
const httpAgent = new Agent({ keepAlive: false });

/**
 * @typedef {Awaited<ReturnType<typeof openReceivers>>} Receivers
 * @typedef {{ ms: number, refused: number }} Delivered `refused`: 0 if its response was 200, otherwise 1
 */

/**
 * A real n8n in a process of its own, with a workflow that starts with the Clerk Trigger and one that
 * starts with n8n's own Webhook node, both active, and nothing after them.
 *
 * @param {Record<string, string>} [env] over the settings of the sandbox
 */
async function openReceivers(env) {
	const { api, ask, close, url, version } = await startProbed({ env });
	const host = triggers({ url, api });
	const clerk = await host.createTrigger(SECRET);
	const path = randomUUID();
	const parameters = { httpMethod: 'POST', path, responseMode: 'onReceived', options: {} };
	const type = 'n8n-nodes-base.webhook';
	const workflow = await api.createWorkflow(
		chain([{ name: 'Webhook', type, typeVersion: 2.1, webhookId: path, parameters }]),
	);
	const webhook = host.webhook(workflow, 'Webhook', path);
	for (const each of [clerk, webhook]) await each.activate();
	/** @type {() => Promise<import('../../lib/probe').Reading>} */
	const reading = async () => await ask('/');
	// The Webhook node accepts whatever comes, also what shows that it is there.
	await host.until(async () => (await reading()).begun > 0, 'The first execution begins');
	return {
		version,
		clerk: clerk.url,
		webhook: webhook.url,
		reading,
		/** @type {typeof reading} */
		withoutGarbage: async () => await ask('/withoutGarbage'),
		close,
	};
}

/** @param {string} url @param {import('./hostile').Request} request the status is 0 where the connection ended without one */
async function post(url, { body, headers }) {
	/** @type {import('axios').AxiosRequestConfig} */
	const options = {
		headers,
		httpAgent,
		proxy: false,
		timeout: PATIENCE_MS,
		transformRequest: (sent) => sent,
		validateStatus: () => true,
	};
	const began = performance.now();
	const status = await axios
		.post(url, body, options)
		.then((response) => response.status)
		.catch(() => 0);
	return { status, ms: performance.now() - began };
}

/**
 * Sends hostile requests to the Clerk Trigger: `half`, and then as many again. Of what was not refused,
 * stderr has the kind.
 *
 * @param {Receivers} n8n
 * @param {number} half
 * @returns {Promise<{ passed: number, executions: number, rss: number[] }>} `rss` in bytes, after each half
 */
async function attack({ clerk, reading, withoutGarbage }, half) {
	const requests = hostileRequests(SECRET);
	let passed = 0;

	async function sendHalf() {
		let left = half;
		const worker = async () => {
			while (left-- > 0) {
				const { kind, ...request } = requests.next().value;
				const { status } = await post(clerk, request);
				if (isRefused(kind, status)) continue;
				passed += 1;
				console.error(`A request ${kind} was answered with ${status}`);
			}
		};
		await Promise.all(Array.from({ length: AT_ONCE }, worker));
		return await withoutGarbage();
	}

	const before = await reading();
	const first = await sendHalf();
	const second = await sendHalf();
	return { passed, executions: second.begun - before.begun, rss: [first.rss, second.rss] };
}

let batches = 0;

/** What the ids of some deliveries begin with. */
const newBatch = () => `msg_${(batches += 1)}`;

/** Sends a genuine delivery under an id of its own. @param {string} url @param {string} batch @returns {Promise<Delivered>} */
async function deliver(url, batch) {
	const headers = signedHeaders(SECRET, { id: `${batch}_${randomUUID()}`, body: BODY });
	const { status, ms } = await post(url, { body: BODY, headers });
	return { ms, refused: status === 200 ? 0 : 1 };
}

/** Genuine ones, evenly, however long the responses take. @param {string} url @param {{ perSecond: number, seconds: number }} pace */
async function steadily(url, { perSecond, seconds }) {
	/** @type {Array<Promise<Delivered>>} */
	const responses = [];
	const batch = newBatch();
	const began = performance.now();
	for (let at = 0; at < seconds * perSecond; at++) {
		await sleep(Math.max(0, began + (at * 1000) / perSecond - performance.now()));
		responses.push(deliver(url, batch));
	}
	return await Promise.all(responses);
}

/** Genuine ones, all at once, and then until every one was executed. @param {Receivers} n8n @param {string} url @param {number} size */
async function burst({ reading }, url, size) {
	const batch = newBatch();
	const before = await reading();
	const deadline = performance.now() + SETTLED_WITHIN_MS;
	const delivered = await Promise.all(
		Array.from({ length: size }, async () => await deliver(url, batch)),
	);
	let after = await reading();
	const lost = () => size - (after.succeeded[batch] ?? 0);
	while (lost() > 0 && performance.now() < deadline) {
		await sleep(100);
		after = await reading();
	}
	return {
		slowestS: Math.max(...delivered.map(({ ms }) => ms)) / 1000,
		refused: delivered.filter(({ refused }) => refused).length,
		/** Deliveries without an execution that succeeded. */
		lost: lost(),
		/** Of n8n's process, for each. */
		cpuMs: (after.cpuMs - before.cpuMs) / size,
	};
}

module.exports = { attack, burst, openReceivers, steadily };
