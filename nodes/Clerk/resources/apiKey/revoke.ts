import { defineOperation, one } from '../../engine/operation';
import * as fields from '../../fields/apiKey';
import { apiKey } from '../../views/apiKey';

export const revoke = defineOperation({
	name: 'Revoke',
	value: 'revoke',
	action: 'Revoke API key',
	description: 'Revoke an API key immediately, and keep its record',
	request: 'POST /api_keys/{apiKeyID}/revoke',
	formOnly: [fields.subjectOfApiKey],
	path: [fields.apiKeyId],
	body: [fields.revocationReason],
	notice: [
		'Ends the API key: requests with it are rejected from then on.',
		'Dry Run shows the key.',
	],
	destroys: [{ name: 'apiKey', path: '/api_keys/{apiKeyID}' }],
	returns: one(apiKey),
});
