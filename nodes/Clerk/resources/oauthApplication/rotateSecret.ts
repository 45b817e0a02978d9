import { defineOperation, one } from '../../engine/operation';
import { oauthApplication } from '../../fields/oauthApplication';
import { oauthApplicationWithSecret } from '../../views/oauth';

export const rotateSecret = defineOperation({
	name: 'Rotate Secret',
	value: 'rotateSecret',
	action: 'Rotate secret of OAuth application',
	description: 'Create a new client secret, which only this output shows',
	request: 'POST /oauth_applications/{oauth_application_id}/rotate_secret',
	path: [oauthApplication],
	notice: [
		'Permanently deletes the current client secret: the application gets no tokens until it uses the new one, which is in the output.',
		'This cannot be undone. Dry Run shows which application it is.',
	],
	destroys: [
		{
			name: 'clientSecretOfOAuthApplication',
			path: '/oauth_applications/{oauth_application_id}',
		},
	],
	returns: one(oauthApplicationWithSecret),
});
