import { defineOperation, one } from '../../engine/operation';
import { redirectUrl } from '../../views/domain';

export const create = defineOperation({
	name: 'Create',
	value: 'create',
	action: 'Create redirect URL',
	description: 'Allow users to return to a URL after signing in, such as that of a mobile app',
	request: 'POST /redirect_urls',
	body: [
		{
			displayName: 'URL',
			name: 'url',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. my-app://oauth-callback',
			description: 'The full URL, with https:// or a custom scheme',
		},
	],
	returns: one(redirectUrl),
});
