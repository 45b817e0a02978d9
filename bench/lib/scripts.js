'use strict';

const { setTimeout: sleep } = require('node:timers/promises');
const { createClerkClient } = require('@clerk/backend');

/** What runs beside n8n with the same key, for `startWorker`: a script on Clerk's SDK, and another application. */

process.on('disconnect', () => process.exit());

/** @param {{ origin: string, secretKey: string }} clerk */
const sdkOf = ({ origin, secretKey }) =>
	createClerkClient({
		secretKey,
		apiUrl: origin,
		telemetry: { disabled: true, debug: false, samplingRate: 0 },
	});

/**
 * Updates users, several at once. The SDK repeats nothing, and neither does the script: what Clerk
 * refuses is lost.
 *
 * @param {{ origin: string, secretKey: string }} clerk
 * @param {string[]} ids
 * @param {string} firstName
 * @param {number} atOnce
 * @returns {Promise<number>} seconds
 */
async function updateUsers(clerk, ids, firstName, atOnce) {
	const { users } = sdkOf(clerk);
	const left = ids.values();
	const worker = async () => {
		for (const id of left) await users.updateUser(id, { firstName }).catch(() => {});
	};
	const began = performance.now();
	await Promise.all(Array.from({ length: atOnce }, worker));
	return (performance.now() - began) / 1000;
}

let goesOn = false;
/** @type {Array<Promise<unknown>>} */
let sent = [];

/** Sends requests, evenly, until it is told to stop, and ignores the responses. @param {{ origin: string, secretKey: string }} clerk @param {number} perSecond */
function startRequests({ origin, secretKey }, perSecond) {
	goesOn = true;
	sent = [];
	const request = async () => {
		const headers = { authorization: `Bearer ${secretKey}` };
		await (await fetch(`${origin}/v1/users?limit=1`, { headers })).arrayBuffer();
	};
	void (async () => {
		for (const began = Date.now(); goesOn;) {
			sent.push(request().catch(() => {}));
			await sleep(Math.max(0, began + (sent.length * 1000) / perSecond - Date.now()));
		}
	})();
}

async function stopRequests() {
	goesOn = false;
	await Promise.all(sent);
}

module.exports = { sdkOf, startRequests, stopRequests, updateUsers };
