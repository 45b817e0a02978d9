import { defineOperation, one } from '../../engine/operation';
import { redirectUrl } from '../../views/domain';

export const create = defineOperation({
	name: 'Create',
	value: 'create',
	action: 'Create redirect URL',
	description: 'Allow a URL to be the way back to your application, such as a mobile app’s',
	request: 'POST /redirect_urls',
	body: [
		{
			displayName: 'URL',
			name: 'url',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. my-app://oauth-callback',
			description: 'The whole URL, with https:// or a scheme of your own',
		},
	],
	returns: one(redirectUrl),
});
