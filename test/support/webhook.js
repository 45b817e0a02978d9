'use strict';

const { Webhook } = require('standardwebhooks');
const { signedHeaders } = require('../../sandbox/clerk/webhooks/signed');
const { ClerkTrigger } = require('../../nodes/ClerkTrigger/ClerkTrigger.node.ts');

/** Stands in for n8n around the Clerk Trigger, and for Svix in front of it. */

const trigger = new ClerkTrigger();

/** Returns a signing secret as long as Svix's. @param {number} fill */
const secretOf = (fill) => `whsec_${Buffer.alloc(24, fill).toString('base64')}`;

/**
 * Returns a delivery as Svix sends it: the body and its headers, signed by the reference library.
 *
 * @param {string} secret
 * @param {unknown} payload an object, or the text itself
 * @param {{ id?: string, at?: number }} [options] `at`: Unix milliseconds
 */
function signedBySvix(secret, payload, { id = 'msg_1', at = Date.now() } = {}) {
	const body = typeof payload === 'string' ? payload : JSON.stringify(payload);
	return { body, headers: signedHeaders(secret, { id, body }, at) };
}

/**
 * Returns the same delivery with the specification's header names.
 *
 * @param {string} secret
 * @param {unknown} payload
 */
function signedByStandard(secret, payload) {
	const { body, headers } = signedBySvix(secret, payload);
	return {
		body,
		headers: {
			'webhook-id': 'msg_1',
			'webhook-timestamp': headers['svix-timestamp'],
			'webhook-signature': headers['svix-signature'],
		},
	};
}

/**
 * Returns whether the reference library accepts a delivery.
 *
 * @param {string} secret
 * @param {string | Buffer} body
 * @param {Record<string, string>} headers
 */
function isAcceptedByLibrary(secret, body, headers) {
	const names = Object.entries(headers).map(([name, value]) => [
		name.replace(/^svix-/, 'webhook-'),
		value,
	]);
	try {
		new Webhook(secret).verify(body, Object.fromEntries(names));
		return true;
	} catch {
		return false;
	}
}

/**
 * @typedef {object} Request
 * @property {string | Buffer | undefined} body
 * @property {Record<string, any>} headers
 * @property {string[]} [rawHeaders]
 * @property {string} [ip]
 * @property {boolean} [isUnread] whether n8n has left the body unread, as of a content type that it does not parse
 *
 * @typedef {object} TriggerOptions
 * @property {Record<string, any>} [parameters]
 * @property {unknown} [secret] of the credential
 * @property {string} [workflowId] the log counts warnings by it
 * @property {Error} [credentialError] thrown when the credential is read
 */

let workflows = 0;

/** Opens a Clerk Trigger in a simulated n8n. @param {TriggerOptions} [options] */
function openTrigger({
	parameters = { events: ['*'] },
	secret = secretOf(1),
	workflowId = `workflow-${(workflows += 1)}`,
	credentialError,
} = {}) {
	const credential = { secret, error: credentialError, reads: 0 };
	/** @type {string[]} */
	const warnings = [];
	const shared = {
		getNode: () => ({ id: 'node', name: 'Clerk Trigger', type: 'clerkTrigger', parameters }),
		getWorkflow: () => ({ id: workflowId }),
		getNodeParameter: (/** @type {string} */ name, /** @type {unknown} */ fallback) =>
			parameters[name] ?? fallback,
		getCredentials: async () => {
			credential.reads += 1;
			await null;
			if (credential.error) throw credential.error;
			return { signingSecret: credential.secret };
		},
		logger: { warn: (/** @type {string} */ text) => warnings.push(text) },
	};

	return {
		warnings,

		/** Can be changed between deliveries, as a person does in n8n. */
		credential,

		/** @param {Request} request */
		async receive({ body, headers, rawHeaders, ip = '127.0.0.1', isUnread = false }) {
			const sent = { status: 200, text: '' };
			const response = {
				/** @param {number} status */
				status(status) {
					sent.status = status;
					return response;
				},
				type: () => response,
				/** @param {string} [text] */
				end(text = '') {
					sent.text = text;
				},
			};
			const rawBody = typeof body === 'string' ? Buffer.from(body) : body;
			/** @type {Record<string, any>} */
			const request = { rawBody: isUnread ? undefined : rawBody, rawHeaders, ip, headers };
			request.readRawBody = async () => {
				if (rawBody === undefined) throw new Error('The stream is not readable');
				request.rawBody = rawBody;
			};
			const host = {
				...shared,
				getHeaderData: () => headers,
				getRequestObject: () => request,
				getResponseObject: () => response,
			};
			const result = await trigger.webhook.call(/** @type {any} */ (host));
			const started = result.workflowData !== undefined;
			if (!started && result.noWebhookResponse !== true) throw new Error('n8n would answer 200');
			return { ...sent, started, json: result.workflowData?.[0][0].json };
		},

		/** Activates the workflow. */
		activate: async () =>
			await trigger.webhookMethods.default.create.call(/** @type {any} */ (shared)),
	};
}

/** @param {string} signingSecret */
const testCredential = async (signingSecret) =>
	await trigger.methods.credentialTest.webhookSecretTest.call(
		/** @type {any} */ ({}),
		/** @type {any} */ ({ data: { signingSecret } }),
	);

module.exports = {
	isAcceptedByLibrary,
	openTrigger,
	secretOf,
	signedBySvix,
	signedByStandard,
	testCredential,
};
