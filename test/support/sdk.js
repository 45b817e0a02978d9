'use strict';

const { isDeepStrictEqual } = require('node:util');
const { createClerkClient } = require('@clerk/backend');

/**
 * The call of an example, as Clerk's own SDK makes it.
 *
 * @typedef {object} SdkCalls
 * @property {Array<{ method: string, arguments: unknown[] }>} calls one after the other
 * @property {Record<string, any>} [form] values of the form that the comparison changes
 * @property {Difference[]} [differences] that are known
 *
 * @typedef {object} Difference
 * @property {'query' | 'body'} in
 * @property {string} name `*`: all of it
 * @property {string} because
 *
 * @typedef {SdkCalls | { lacks: string }} SdkExample `lacks`: why there is no call to compare with
 */

/** @param {string} origin @param {string} secretKey */
const sdkFor = (origin, secretKey) =>
	createClerkClient({
		secretKey,
		apiUrl: origin,
		telemetry: { disabled: true, debug: false, samplingRate: 0 },
	});

/**
 * @param {ReturnType<typeof sdkFor>} sdk
 * @param {SdkCalls} example
 */
async function callSdk(sdk, { calls }) {
	for (const { method, arguments: given } of calls) {
		const [api = '', name = ''] = method.split('.');
		// Not typed, as the API knows more fields than the types of the SDK do.
		await /** @type {any} */ (sdk)[api][name](...given);
	}
}

module.exports = { callSdk, isSame: isDeepStrictEqual, sdkFor };
