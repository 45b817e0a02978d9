'use strict';

const { setMaxListeners } = require('node:events');
const { setTimeout: sleep } = require('node:timers/promises');
const { randomBytes } = require('node:crypto');
const axios = require('axios').default;
const { watch } = require('./changes');
const { exampleOf } = require('./examples');
const { signedHeaders } = require('./signed');

/** Deliveries to webhook endpoints, as Svix makes them: signed, and repeated if they get no 2xx response. */

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Svix's own, before each try after the first. */
const SVIX_DELAYS = [5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 10 * HOUR];

const TIMEOUT = 15 * SECOND;

/**
 * @typedef {{ type: string, object: 'event', instance_id: string, timestamp: number }} Facts
 * @typedef {Facts & { data: Values, event_attributes?: Values }} ClerkEvent
 *
 * @typedef {{ url: string, secret: string, events?: string[] }} Endpoint `events`: types; all, when left out
 *
 * @typedef {object} Delivery
 * @property {string} id the `svix-id`
 * @property {string} url
 * @property {string} type
 * @property {string} body
 * @property {number[]} responses status of each try; 0 where nothing came back
 * @property {'pending' | 'success' | 'failed'} status
 */

/** Like Svix's: in the order of time is not promised, different is. */
const newMessageId = () => `msg_${randomBytes(16).toString('hex')}`;

/**
 * One try. Returns the status; 0 where nothing came back.
 *
 * @type {(to: Endpoint, message: { id: string, body: string }, signal?: AbortSignal) => Promise<number>}
 */
const post = async ({ url, secret }, message, signal) =>
	await axios
		.post(url, message.body, {
			headers: {
				'user-agent': 'Svix-Webhooks/1.0 (simulated Clerk)',
				...signedHeaders(secret, message),
			},
			signal,
			timeout: TIMEOUT,
			proxy: false,
			// As text, so that what was signed is what is sent.
			transformRequest: (text) => text,
			validateStatus: () => true,
		})
		.then(({ status }) => status)
		.catch(() => 0);

/** @param {State} state @param {{ delaysMs?: number[] }} [options] */
function createWebhooks(state, { delaysMs = SVIX_DELAYS } = {}) {
	/** @type {Endpoint[]} */
	const endpoints = [];
	/** @type {Delivery[]} */
	const deliveries = [];
	/** @type {Set<Promise<void>>} */
	const underWay = new Set();
	const closing = new AbortController();
	const { signal } = closing;
	// Every delivery that is under way listens.
	setMaxListeners(0, signal);

	/** @param {Endpoint} endpoint @param {Delivery} delivery */
	async function deliver(endpoint, delivery) {
		for (const delay of [0, ...delaysMs]) {
			if (delay > 0) await sleep(delay, undefined, { ref: false, signal }).catch(() => {});
			if (signal.aborted) return;
			const status = await post(endpoint, delivery, signal);
			delivery.responses.push(status);
			if (status >= 200 && status < 300) {
				delivery.status = 'success';
				return;
			}
		}
		delivery.status = 'failed';
	}

	/** @param {ClerkEvent} event */
	function send({ type, ...event }) {
		const about = { id: newMessageId(), type, body: JSON.stringify({ ...event, type }) };
		return endpoints
			.filter(({ events }) => !events || events.includes(type))
			.map((endpoint) => {
				/** @type {Delivery} */
				const delivery = { ...about, url: endpoint.url, responses: [], status: 'pending' };
				deliveries.push(delivery);
				const done = deliver(endpoint, delivery).finally(() => underWay.delete(done));
				underWay.add(done);
				return delivery;
			});
	}

	watch(state, { isWatched: () => endpoints.length > 0, send });

	return {
		/** What was sent, and what the response was. */
		deliveries,

		/** As a person does in the dashboard. @param {Omit<Endpoint, 'secret'> & { secret?: string }} endpoint */
		addEndpoint({ secret = `whsec_${randomBytes(24).toString('base64')}`, ...endpoint }) {
			const added = { ...endpoint, secret };
			endpoints.push(added);
			return added;
		},

		/** @param {Endpoint} endpoint */
		removeEndpoint(endpoint) {
			endpoints.splice(endpoints.indexOf(endpoint), 1);
		},

		/** Posts an event to all endpoints that want it. */
		send,

		/** As the dashboard does, with changes to the data. @param {string} type @param {Values} [changes] */
		sendExample(type, changes = {}) {
			const example = exampleOf(state, type);
			return send({ ...example, data: { ...example.data, ...changes } });
		},

		/** Under the same id, as Svix does when a response was lost. @param {Delivery} delivery */
		async resend(delivery) {
			const endpoint = endpoints.find(({ url }) => url === delivery.url);
			if (!endpoint) throw new Error(`No endpoint has the URL ${delivery.url}`);
			const status = await post(endpoint, delivery, signal);
			delivery.responses.push(status);
			return status;
		},

		/** Until no delivery is pending. */
		async settled() {
			// What changed in this tick is sent in the next.
			do {
				await sleep(0);
				await Promise.all(underWay);
			} while (underWay.size > 0);
		},

		close: () => closing.abort(),
	};
}

module.exports = { createWebhooks, newMessageId, post };
