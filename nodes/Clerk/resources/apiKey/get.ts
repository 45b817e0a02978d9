import { defineOperation, one } from '../../engine/operation';
import * as fields from '../../fields/apiKey';
import { apiKey } from '../../views/apiKey';

export const get = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get API key',
	description: 'Get one API key by ID, without its secret',
	request: 'GET /api_keys/{apiKeyID}',
	formOnly: [fields.subjectOfApiKey],
	path: [fields.apiKeyId],
	returns: one(apiKey, { ifNotFound: true }),
});
