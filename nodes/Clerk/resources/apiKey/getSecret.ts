import { defineOperation, one } from '../../engine/operation';
import * as fields from '../../fields/apiKey';
import { apiKeySecret } from '../../views/apiKey';

export const getSecret = defineOperation({
	name: 'Get Secret',
	value: 'getSecret',
	action: 'Get secret of API key',
	description: 'Get the secret of an API key',
	request: 'GET /api_keys/{apiKeyID}/secret',
	formOnly: [fields.subjectOfApiKey],
	path: [fields.apiKeyId],
	returns: one(apiKeySecret, { ifNotFound: true }),
});
