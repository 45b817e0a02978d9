'use strict';

/** As many as the Clerk node by default. */
const AT_ONCE = 100;

/**
 * For the scenarios: updates a user an item with the helper that the Clerk node sends with, as the
 * Clerk node tells it to, and does no more. The items hold what is to be sent; `fromForm` has
 * n8n work it out from the node's form, as every node has to.
 */
class Bare {
	description = {
		displayName: 'Bare',
		name: 'bare',
		group: ['transform'],
		version: 1,
		description: 'An update for each item',
		defaults: { name: 'Bare' },
		inputs: ['main'],
		outputs: ['main'],
		credentials: [{ name: 'clerkApi', required: true }],
		properties: [
			{ displayName: 'From Form', name: 'fromForm', type: 'boolean', default: false },
			{ displayName: 'User ID', name: 'id', type: 'string', default: '' },
			{ displayName: 'First Name', name: 'firstName', type: 'string', default: '' },
		],
	};

	/** @this {import('n8n-workflow').IExecuteFunctions} */
	async execute() {
		const input = this.getInputData();
		const data = await this.getCredentials('clerkApi');
		const credentialsDecrypted = { id: '', name: '', type: 'clerkApi', data };
		const fromForm = this.getNodeParameter('fromForm', 0);
		const given = (/** @type {string} */ name, /** @type {number} */ item) =>
			fromForm ? this.getNodeParameter(name, item) : input[item].json[name];
		/** @type {import('n8n-workflow').INodeExecutionData[]} */
		const output = [];

		const update = async (/** @type {number} */ item) =>
			await this.helpers.httpRequestWithAuthentication.call(
				this,
				'clerkApi',
				{
					method: 'PATCH',
					url: `${data.baseUrl}/users/${given('id', item)}`,
					arrayFormat: 'repeat',
					headers: {
						Accept: 'application/json',
						'Clerk-API-Version': '2026-05-12',
						'Content-Type': 'application/json',
					},
					body: JSON.stringify({ first_name: given('firstName', item) }),
					encoding: 'text',
					returnFullResponse: true,
					ignoreHttpStatusErrors: true,
					disableFollowRedirect: true,
					timeout: 60_000,
					abortSignal: this.getExecutionCancelSignal(),
				},
				{ credentialsDecrypted },
			);

		const left = input.keys();
		const worker = async () => {
			for (const item of left) {
				output[item] = { json: JSON.parse((await update(item)).body), pairedItem: { item } };
			}
		};
		await Promise.all(Array.from({ length: AT_ONCE }, worker));
		return [output];
	}
}

module.exports = { Bare };
