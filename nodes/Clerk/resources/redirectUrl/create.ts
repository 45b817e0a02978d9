import { defineOperation, one } from '../../engine/operation';
import { redirectUrl } from '../../views/domain';

export const create = defineOperation({
	name: 'Create',
	value: 'create',
	action: 'Create redirect URL',
	description:
		'Allow a URL as the way back to your application after signing in, such as to a mobile app',
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
