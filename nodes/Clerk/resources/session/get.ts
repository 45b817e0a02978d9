import { defineOperation, one } from '../../engine/operation';
import { locate } from '../../fields/locators';
import { userOfSession } from '../../fields/session';
import { session } from '../../views/session';

export const get = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get session',
	description: 'Get one session by ID',
	request: 'GET /sessions/{session_id}',
	formOnly: [userOfSession],
	path: [locate('session', { required: true, description: 'The session to get' })],
	returns: one(session, { ifNotFound: true }),
});
