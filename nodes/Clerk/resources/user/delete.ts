import { defineOperation, one } from '../../engine/operation';
import { locate } from '../../fields/locators';
import { deleted } from '../../views/general';

export const deleteUser = defineOperation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete user',
	description: 'Permanently delete a user, with all sessions and memberships',
	request: 'DELETE /users/{user_id}',
	path: [locate('user', { required: true })],
	notice: [
		'Permanently deletes the user, with all sessions, organization memberships and everything attached.',
		'This cannot be undone. Dry Run shows what would be lost.',
	],
	destroys: [
		{ name: 'user', path: '/users/{user_id}' },
		{
			name: 'sessions',
			path: '/sessions',
			query: { user_id: '{user_id}', paginated: true, limit: 1 },
		},
		{
			name: 'organizationMemberships',
			path: '/users/{user_id}/organization_memberships',
			query: { limit: 1 },
		},
	],
	returns: one(deleted, { ifNotFound: true }),
});
