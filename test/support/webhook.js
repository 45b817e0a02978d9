'use strict';

const { Webhook } = require('svix');
const standard = require('standardwebhooks');
const { signedHeaders } = require('../../sandbox/clerk/webhooks/signed');
const { ClerkTrigger } = require('../../nodes/ClerkTrigger/ClerkTrigger.node.ts');

/** Stands in for n8n around the Clerk Trigger, and for Svix in front of it. */

const trigger = new ClerkTrigger();

/** Of the length of Svix's own. @param {number} fill */
const secretOf = (fill) => `whsec_${Buffer.alloc(24, fill).toString('base64')}`;

/**
 * What Svix sends: the body and its headers, signed by Svix's own library.
 *
 * @param {string} secret
 * @param {unknown} payload an object, or the text itself
 * @param {{ id?: string, at?: number }} [options] `at`: Unix milliseconds
 */
function signedBySvix(secret, payload, { id = 'msg_1', at = Date.now() } = {}) {
	const body = typeof payload === 'string' ? payload : JSON.stringify(payload);
	return { body, headers: signedHeaders(secret, { id, body }, at) };
}

/** The same under the names of the specification, signed by its reference library. @param {string} secret @param {unknown} payload */
function signedByStandard(secret, payload) {
	const { body, headers } = signedBySvix(secret, payload);
	const at = new Date(Number(headers['svix-timestamp']) * 1000);
	return {
		body,
		headers: {
			'webhook-id': 'msg_1',
			'webhook-timestamp': headers['svix-timestamp'],
			'webhook-signature': new standard.Webhook(secret).sign('msg_1', at, body),
		},
	};
}

/** What the libraries say of a delivery. @param {string} secret @param {string | Buffer} body @param {Record<string, string>} headers */
function judges(secret, body, headers) {
	/** @param {() => unknown} verify */
	const says = (verify) => {
		try {
			verify();
			return true;
		} catch {
			return false;
		}
	};
	const names = Object.entries(headers).map(([name, value]) => [
		name.replace(/^svix-/, 'webhook-'),
		value,
	]);
	return {
		svix: says(() => new Webhook(secret).verify(body, headers)),
		standard: says(() => new standard.Webhook(secret).verify(body, Object.fromEntries(names))),
	};
}

/**
 * @typedef {object} Request
 * @property {string | Buffer | undefined} body
 * @property {Record<string, any>} headers
 * @property {string[]} [rawHeaders]
 * @property {string} [ip]
 *
 * @typedef {object} Setting
 * @property {Record<string, any>} [parameters]
 * @property {unknown} [secret] of the credential
 * @property {string} [workflowId] warnings are counted by it
 * @property {Error} [broken] thrown when the credential is read
 */

let workflows = 0;

/** @param {Setting} [setting] */
function openTrigger({
	parameters = { events: ['*'] },
	secret = secretOf(1),
	workflowId = `workflow-${(workflows += 1)}`,
	broken,
} = {}) {
	/** @type {string[]} */
	const warnings = [];
	const shared = {
		getNode: () => ({ id: 'node', name: 'Clerk Trigger', type: 'clerkTrigger', parameters }),
		getWorkflow: () => ({ id: workflowId }),
		getNodeParameter: (/** @type {string} */ name, /** @type {unknown} */ fallback) =>
			parameters[name] ?? fallback,
		getCredentials: async () => {
			if (broken) throw broken;
			return { signingSecret: secret };
		},
		logger: { warn: (/** @type {string} */ text) => warnings.push(text) },
	};

	return {
		warnings,

		/** @param {Request} request */
		async receive({ body, headers, rawHeaders, ip = '127.0.0.1' }) {
			const answer = { status: 200, text: '' };
			const response = {
				/** @param {number} status */
				status(status) {
					answer.status = status;
					return response;
				},
				type: () => response,
				/** @param {string} [text] */
				end(text = '') {
					answer.text = text;
				},
			};
			const rawBody = typeof body === 'string' ? Buffer.from(body) : body;
			const host = {
				...shared,
				getHeaderData: () => headers,
				getRequestObject: () => ({ rawBody, rawHeaders, ip, headers }),
				getResponseObject: () => response,
			};
			const result = await trigger.webhook.call(/** @type {any} */ (host));
			const started = result.workflowData !== undefined;
			if (!started && result.noWebhookResponse !== true) throw new Error('n8n would answer 200');
			return { ...answer, started, json: result.workflowData?.[0][0].json };
		},

		/** What n8n does when the workflow is activated. */
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

module.exports = { judges, openTrigger, secretOf, signedBySvix, signedByStandard, testCredential };
