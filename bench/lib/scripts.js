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
 * @param {object} options
 * @param {string} options.origin of Clerk
 * @param {string} options.secretKey
 * @param {string[]} options.ids
 * @param {{ firstName: string }} options.changes
 * @param {number} options.atOnce
 * @returns {Promise<number>} seconds
 */
async function updateUsers({ ids, changes, atOnce, ...clerk }) {
	const { users } = sdkOf(clerk);
	const left = ids.values();
	const worker = async () => {
		for (const id of left) await users.updateUser(id, changes).catch(() => {});
	};
	const began = performance.now();
	await Promise.all(Array.from({ length: atOnce }, worker));
	return (performance.now() - began) / 1000;
}

let goesOn = false;
/** @type {Array<Promise<unknown>>} */
let sent = [];

/**
 * Sends requests, evenly, until it is told to stop, and ignores the responses.
 *
 * @param {{ url: string, secretKey: string, perSecond: number }} options `url` with `/v1`
 */
function startRequests({ url, secretKey, perSecond }) {
	goesOn = true;
	sent = [];
	const request = async () => {
		const response = await fetch(`${url}/users?limit=1`, {
			headers: { authorization: `Bearer ${secretKey}` },
		});
		await response.arrayBuffer();
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
