'use strict';

const { isDeepStrictEqual } = require('node:util');
const { createClerkClient } = require('@clerk/backend');

/**
 * Calls of Clerk's own SDK.
 *
 * @typedef {object} SdkCalls
 * @property {Array<{ method: string, arguments: unknown[] }>} calls made in this order
 * @property {Record<string, any>} [form] parameters that the comparison changes
 * @property {Difference[]} [differences] known differences
 *
 * @typedef {object} Difference
 * @property {'query' | 'body'} in
 * @property {string} name `*`: all of it
 * @property {string} because
 *
 * @typedef {SdkCalls | { lacks: string }} SdkExample `lacks`: why the SDK has no such call
 */

/** @param {string} origin @param {string} secretKey */
const sdkFor = (origin, secretKey) =>
	createClerkClient({
		secretKey,
		apiUrl: origin,
		telemetry: { disabled: true, debug: false, samplingRate: 0 },
	});

/**
 * Replaces `{ "binary": "data" }` in an argument by the file in the item's field `data`.
 *
 * @param {any} argument
 * @param {Record<string, import('./examples').FileOfExample>} files
 * @returns {any}
 */
function withFiles(argument, files) {
	if (argument === null || typeof argument !== 'object' || Array.isArray(argument)) return argument;
	const file = files[argument.binary];
	if (file) return new File([file.content], file.fileName, { type: file.mimeType });
	return Object.fromEntries(
		Object.entries(argument).map(([name, inner]) => [name, withFiles(inner, files)]),
	);
}

/**
 * @param {ReturnType<typeof sdkFor>} sdk
 * @param {SdkCalls} example
 * @param {Record<string, import('./examples').FileOfExample>} [files]
 */
async function callSdk(sdk, { calls }, files = {}) {
	for (const { method, arguments: args } of calls) {
		const [api = '', name = ''] = method.split('.');
		// Untyped, as the API has fields that the types of the SDK lack.
		await /** @type {any} */ (sdk)[api][name](...args.map((one) => withFiles(one, files)));
	}
}

module.exports = { callSdk, isSame: isDeepStrictEqual, sdkFor };
