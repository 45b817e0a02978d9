'use strict';

const { setTimeout: sleep } = require('node:timers/promises');

/** An application that lives on the same key; for `startRemote`. It ignores the responses. */

let goesOn = false;
/** @type {Array<Promise<unknown>>} */
let sent = [];

/**
 * Sends requests, evenly, until it is told to stop.
 *
 * @param {{ url: string, secretKey: string, perSecond: number }} options `url` with `/v1`
 */
function start({ url, secretKey, perSecond }) {
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

async function stop() {
	goesOn = false;
	await Promise.all(sent);
}

module.exports = { start, stop };
