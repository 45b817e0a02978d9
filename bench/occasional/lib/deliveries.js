'use strict';

const { setTimeout: sleep } = require('node:timers/promises');
const { exampleOf } = require('../../../sandbox/clerk/webhooks/examples');
const { signedHeaders } = require('../../../sandbox/clerk/webhooks/signed');
const { hostileRequests, isRefused } = require('./hostile');
const { send } = require('./send');

/** What comes to the receivers: all that is not genuine, and what is, little by little or all at once. */

/** Of the hostile requests. */
const AT_ONCE = 20;
const SETTLED_WITHIN_MS = 300_000;

const secretOf = (/** @type {number} */ fill) =>
	`whsec_${Buffer.alloc(24, fill).toString('base64')}`;
const [SECRET, OTHER_SECRET] = [secretOf(1), secretOf(2)];
const BODY = JSON.stringify(exampleOf({ clock: Date.now }, 'user.created'));

/**
 * @typedef {import('./receivers').Receivers} Receivers
 * @typedef {import('./receivers').Receiver} Receiver
 * @typedef {import('./send').TimedResponse} TimedResponse
 *
 * @typedef {object} Burst
 * @property {TimedResponse[]} responses
 * @property {number} lost deliveries without an execution that succeeded
 * @property {number} cpuMs of n8n's process, for each
 */

let count = 0;

/** A genuine delivery under an id of its own. */
function genuine() {
	const id = `msg_${(count += 1)}`;
	return { id, body: BODY, headers: signedHeaders(SECRET, { id, body: BODY }) };
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
	const requests = hostileRequests({ secret: SECRET, otherSecret: OTHER_SECRET });
	let passed = 0;

	async function sendHalf() {
		let left = half;
		const worker = async () => {
			while (left-- > 0) {
				const { kind, ...request } = requests.next().value;
				const { status } = await send(clerk.url, request);
				if (isRefused(kind, status)) continue;
				passed += 1;
				console.error(`A request ${kind} was answered with ${status}`);
			}
		};
		await Promise.all(Array.from({ length: AT_ONCE }, worker));
		return await withoutGarbage();
	}

	const before = begun(await reading(), clerk);
	const first = await sendHalf();
	const second = await sendHalf();
	return { passed, executions: begun(second, clerk) - before, rss: [first.rss, second.rss] };
}

/** @param {import('./meter').Reading} reading @param {Receiver} receiver */
const begun = ({ workflows }, { workflowId }) => workflows[workflowId]?.begun ?? 0;

/**
 * Genuine ones, evenly, however long the responses take.
 *
 * @param {Receiver} receiver
 * @param {{ perSecond: number, seconds: number }} pace
 */
async function steadily({ url }, { perSecond, seconds }) {
	/** @type {Array<Promise<TimedResponse>>} */
	const responses = [];
	const began = performance.now();
	for (let at = 0; at < seconds * perSecond; at++) {
		const delivery = genuine();
		await sleep(Math.max(0, began + (at * 1000) / perSecond - performance.now()));
		responses.push(send(url, delivery));
	}
	return await Promise.all(responses);
}

/**
 * Genuine ones, all at once, and then until every one was executed.
 *
 * @param {Receivers} n8n
 * @param {Receiver} receiver
 * @param {number} size
 * @returns {Promise<Burst>}
 */
async function burst({ reading }, receiver, size) {
	const sent = Array.from({ length: size }, genuine);
	const before = await reading();
	const began = performance.now();
	const responses = await Promise.all(sent.map((delivery) => send(receiver.url, delivery)));
	/** @type {import('./meter').Reading} */
	let after;
	/** @type {typeof sent} */
	let lost;
	do {
		await sleep(100);
		after = await reading();
		const executed = new Set(after.workflows[receiver.workflowId]?.deliveries);
		lost = sent.filter(({ id }) => !executed.has(id));
	} while (lost.length > 0 && performance.now() - began < SETTLED_WITHIN_MS);
	return {
		responses,
		lost: lost.length,
		cpuMs: (after.cpuMs - before.cpuMs) / size,
	};
}

module.exports = { SECRET, attack, burst, steadily };
