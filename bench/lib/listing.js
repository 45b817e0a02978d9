'use strict';

const { join } = require('node:path');
const { prepared } = require('./host');
const { CLERK_NODE, HTTP_NODE, openRealN8n } = require('./realN8n');
const { grouped } = require('./statistics');
const { runOnce } = require('./workers');

const READER = join(__dirname, 'readUsers.js');
const DIST = join(__dirname, '..', '..', 'dist');

/** The most that Clerk gives at once. */
const PAGE = 500;

/** @param {'raw' | 'simplified'} output @returns {import('./realN8n').Subject} */
const clerkNode = (output) => ({
	...CLERK_NODE,
	parameters: { resource: 'user', operation: 'getAll', returnAll: true, output },
});

/** @param {string} id of an organization @returns {import('./realN8n').Subject} */
const clerkMembersNode = (id) => ({
	...CLERK_NODE,
	parameters: {
		resource: 'organizationMembership',
		operation: 'getAll',
		organizationId: { __rl: true, mode: 'id', value: id },
		returnAll: true,
		output: 'raw',
	},
});

/** As somebody sets it who has read both Clerk's and n8n's documentation. @param {string} url @returns {import('./realN8n').Subject} */
const httpNode = (url) => ({
	...HTTP_NODE,
	parameters: {
		url: `${url}/users`,
		authentication: 'predefinedCredentialType',
		nodeCredentialType: 'clerkApi',
		sendQuery: true,
		queryParameters: {
			parameters: [
				{ name: 'limit', value: String(PAGE) },
				{ name: 'order_by', value: '-created_at' },
			],
		},
		options: {
			pagination: {
				pagination: {
					paginationMode: 'updateAParameterInEachRequest',
					parameters: {
						parameters: [
							{ type: 'qs', name: 'starting_after', value: '={{ $response.body?.at(-1)?.id }}' },
						],
					},
					paginationCompleteWhen: 'other',
					completeExpression: `={{ $response.body.length < ${PAGE} }}`,
				},
			},
		},
	},
});

/**
 * @typedef {object} Read what reading all users took
 * @property {number} seconds
 * @property {number} requests
 * @property {number} distinct different users that came
 * @property {import('./usage').Usage['heap']} heap
 */

/**
 * A Clerk with many users, and who reads all of them: two nodes in a real n8n, and scripts in
 * processes of their own, under the same Node.
 *
 * @param {{ users: number, latencyMs: number }} options
 */
async function openListing({ users, latencyMs }) {
	const { node: execPath } = (await prepared()).install;
	const n8n = await openRealN8n();
	const clerk = await n8n.openClerk({ users, latencyMs, rateLimit: false }).catch(async (error) => {
		await n8n.close();
		throw error;
	});

	/** @template T @param {() => Promise<T>} work @returns {Promise<T & { requests: number }>} */
	async function counted(work) {
		const before = (await n8n.clerk.requests()).length;
		const result = await work();
		return { ...result, requests: (await n8n.clerk.requests()).length - before };
	}

	/** @param {import('./realN8n').Subject} subject @returns {Promise<Read>} */
	async function inN8n(subject) {
		const run = await counted(() => n8n.run(subject, [{}], clerk.credential));
		const { seconds, requests, heap, status, error, nodes } = run;
		if (status !== 'success') throw new Error(`${subject.type} ended with ${status}: ${error}`);
		return { seconds, requests, heap, distinct: nodes.Subject.distinct };
	}

	/** @param {Omit<import('./readUsers').Given, 'origin' | 'secretKey'>} given @returns {Promise<Read>} */
	async function inScript(given) {
		const { origin, secretKey } = clerk;
		return await counted(() => runOnce(READER, { origin, secretKey, ...given }, { execPath }));
	}

	return {
		conditions: [
			...n8n.conditions,
			`${grouped(users)} users, ${latencyMs > 0 ? `${latencyMs} ms of latency, ` : ''}no rate limit, pages of ${PAGE}`,
		],

		/** @param {'raw' | 'simplified'} output */
		clerkNode: async (output) => await inN8n(clerkNode(output)),

		httpNode: async () => await inN8n(httpNode(clerk.url)),

		/** @param {number} ms */
		setLatency: async (ms) => await n8n.clerk.setLatency(ms),

		/** An organization with the first users as its members. @param {number} members @returns {Promise<string>} its id */
		addOrganization: async (members) => await n8n.clerk.addOrganization(members),

		/** @param {string} organization its id */
		membersNode: async (organization) => await inN8n(clerkMembersNode(organization)),

		/** One page of members after the other, by offset. @param {string} organization @returns {Promise<Read>} */
		membersLoop: async (organization) => await inScript({ by: 'offset', organization }),

		/**
		 * @param {'cursor' | 'sdk' | 'sdkAtOnce'} by
		 * @param {'raw' | 'simplified'} [items] keep the items of n8n's that the node would give, and not rows
		 * @returns {Promise<Read>}
		 */
		script: async (by, items) => await inScript({ by, items, dist: DIST }),

		close: n8n.close,
	};
}

module.exports = { PAGE, openListing };
