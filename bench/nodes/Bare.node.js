'use strict';

/**
 * For the scenarios: sends a request for each item with the helper that the Clerk node sends with, as
 * the Clerk node tells it to, so many at once, and does no more.
 */
class Bare {
	description = {
		displayName: 'Bare',
		name: 'bare',
		group: ['transform'],
		version: 1,
		description: 'A request for each item',
		defaults: { name: 'Bare' },
		inputs: ['main'],
		outputs: ['main'],
		credentials: [{ name: 'clerkApi', required: true }],
		properties: [
			{ displayName: 'Body', name: 'body', type: 'json', default: '{}' },
			{ displayName: 'Concurrency', name: 'concurrency', type: 'number', default: 100 },
		],
	};

	/** @this {import('n8n-workflow').IExecuteFunctions} */
	async execute() {
		const input = this.getInputData();
		const data = await this.getCredentials('clerkApi');
		const body = /** @type {string} */ (this.getNodeParameter('body', 0));
		const concurrency = /** @type {number} */ (this.getNodeParameter('concurrency', 0));
		const credentialsDecrypted = { id: '', name: '', type: 'clerkApi', data };
		/** @type {import('n8n-workflow').INodeExecutionData[]} */
		const output = [];

		const left = input.entries();
		const worker = async () => {
			for (const [item, { json }] of left) {
				const answer = await this.helpers.httpRequestWithAuthentication.call(
					this,
					'clerkApi',
					{
						method: 'PATCH',
						url: `${data.baseUrl}/users/${json.id}`,
						headers: { Accept: 'application/json', 'Content-Type': 'application/json' },
						body,
						encoding: 'text',
						returnFullResponse: true,
						ignoreHttpStatusErrors: true,
						disableFollowRedirect: true,
						timeout: 60_000,
						abortSignal: this.getExecutionCancelSignal(),
					},
					{ credentialsDecrypted },
				);
				output[item] = { json: JSON.parse(answer.body), pairedItem: { item } };
			}
		};
		await Promise.all(Array.from({ length: concurrency }, worker));
		return [output];
	}
}

module.exports = { Bare };
