import { defineOperation, one } from '../../engine/operation';
import { locate } from '../../fields/locators';
import { userOfSession } from '../../fields/session';
import { session } from '../../views/session';

export const revoke = defineOperation({
	name: 'Revoke',
	value: 'revoke',
	action: 'Revoke session to sign out user',
	description: 'Revoke a session, so that the user is signed out on that device',
	request: 'POST /sessions/{session_id}/revoke',
	formOnly: [userOfSession],
	path: [locate('session', { required: true, description: 'The session to revoke' })],
	notice: [
		'Ends the session: the user must sign in again on that device.',
		'Dry Run shows the session.',
	],
	destroys: [{ name: 'session', path: '/sessions/{session_id}' }],
	returns: one(session),
});
