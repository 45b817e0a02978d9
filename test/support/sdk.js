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
 * An argument in which `{ "binary": "data" }` stands for the file of the item's field `data`.
 *
 * @param {any} given
 * @param {Record<string, import('./examples').FileOfExample>} files
 * @returns {any}
 */
function withFiles(given, files) {
	if (given === null || typeof given !== 'object' || Array.isArray(given)) return given;
	const file = files[given.binary];
	if (file) return new File([file.content], file.fileName, { type: file.mimeType });
	return Object.fromEntries(
		Object.entries(given).map(([name, inner]) => [name, withFiles(inner, files)]),
	);
}

/**
 * @param {ReturnType<typeof sdkFor>} sdk
 * @param {SdkCalls} example
 * @param {Record<string, import('./examples').FileOfExample>} [files]
 */
async function callSdk(sdk, { calls }, files = {}) {
	for (const { method, arguments: given } of calls) {
		const [api = '', name = ''] = method.split('.');
		// Not typed, as the API knows more fields than the types of the SDK do.
		await /** @type {any} */ (sdk)[api][name](...given.map((one) => withFiles(one, files)));
	}
}

module.exports = { callSdk, isSame: isDeepStrictEqual, sdkFor };
