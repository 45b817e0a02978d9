import { defineOperation, one } from '../../engine/operation';
import { locate } from '../../fields/locators';
import { expiresInSeconds, userOfSession } from '../../fields/session';
import { token } from '../../views/token';

export const createToken = defineOperation({
	name: 'Create Token',
	value: 'createToken',
	action: 'Create token of session',
	description: 'Create a session token (a JWT), like the one your frontend sends to your backend',
	request: 'POST /sessions/{session_id}/tokens',
	formOnly: [userOfSession],
	path: [locate('session', { required: true, description: 'The session to create a token for' })],
	body: [expiresInSeconds],
	returns: one(token),
});
