import { defineOperation, one } from '../../engine/operation';
import { apiKey } from '../../views/apiKey';

export const verify = defineOperation({
	name: 'Verify',
	value: 'verify',
	action: 'Verify API key',
	description: 'Check whether the secret of an API key is valid, and who owns it',
	request: 'POST /api_keys/verify',
	body: [
		{
			displayName: 'Secret',
			name: 'secret',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			placeholder: 'e.g. ak_…',
			description: 'The API key that the caller sent',
		},
	],
	returns: one(apiKey, { ifNotFound: true }),
});
