import { defineOperation, one } from '../../engine/operation';
import { name, settings } from '../../fields/oauthApplication';
import { oauthApplicationWithSecret } from '../../views/oauth';

export const create = defineOperation({
	name: 'Create',
	value: 'create',
	action: 'Create OAuth application',
	description:
		'Let users sign in to another application with their account. Only this output shows the secret.',
	request: 'POST /oauth_applications',
	body: [{ ...name, required: true }, ...settings],
	returns: one(oauthApplicationWithSecret),
});
