import { defineOperation, one } from '../../engine/operation';
import { locate } from '../../fields/locators';
import { userOfSession } from '../../fields/session';
import { session } from '../../views/session';

export const revoke = defineOperation({
	name: 'Revoke',
	value: 'revoke',
	action: 'Revoke session',
	description: 'End a session, so that the user is signed out on that device',
	request: 'POST /sessions/{session_id}/revoke',
	aids: [userOfSession],
	path: [locate('session', { required: true, description: 'The session to end' })],
	returns: one(session),
});
