import { defineOperation, list } from '../../engine/operation';
import * as fields from '../../fields/apiKey';
import { apiKeysPaging } from '../../fields/paging';
import { apiKey } from '../../views/apiKey';

export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many API keys',
	description: 'Get the API keys of one user or organization, without their secrets',
	request: 'GET /api_keys',
	query: [
		fields.subject,
		{
			displayName: 'Include Invalid',
			name: 'includeInvalid',
			type: 'boolean',
			default: true,
			description: 'Whether to include revoked and expired keys',
		},
		{
			displayName: 'Search',
			name: 'query',
			type: 'string',
			default: '',
			description: 'Text to find in the names of keys',
		},
		fields.type,
	],
	returns: list(apiKey, apiKeysPaging),
});
