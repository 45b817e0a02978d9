import { defineOperation, one } from '../../engine/operation';
import { locate } from '../../fields/locators';
import { expiresInSeconds, userOfSession } from '../../fields/session';
import { token } from '../../views/token';

export const createTokenFromTemplate = defineOperation({
	name: 'Create Token From Template',
	value: 'createTokenFromTemplate',
	action: 'Create token of session from JWT template',
	description: 'Create a JWT for a session from a JWT template, for example for another service',
	request: 'POST /sessions/{session_id}/tokens/{template_name}',
	formOnly: [userOfSession],
	path: [
		locate('session', { required: true, description: 'The session to create a token for' }),
		locate('jwtTemplateName', {
			required: true,
			description: 'The template that defines the claims of the token',
		}),
	],
	body: [expiresInSeconds],
	returns: one(token),
});
