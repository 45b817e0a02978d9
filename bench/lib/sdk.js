'use strict';

const { createClerkClient } = require('@clerk/backend');

/** Scripts on Clerk's own SDK, as somebody would write them; for `startRemote`. */

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
async function updateUsers({ origin, secretKey, ids, changes, atOnce }) {
	const { users } = createClerkClient({
		secretKey,
		apiUrl: origin,
		telemetry: { disabled: true, debug: false, samplingRate: 0 },
	});
	const left = ids.values();
	const worker = async () => {
		for (const id of left) await users.updateUser(id, changes).catch(() => {});
	};
	const began = performance.now();
	await Promise.all(Array.from({ length: atOnce }, worker));
	return (performance.now() - began) / 1000;
}

module.exports = { updateUsers };
