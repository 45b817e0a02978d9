import { defineOperation, one } from '../../engine/operation';
import { locate } from '../../fields/locators';
import { changedUser } from '../../views/userParts';

export const deleteTotp = defineOperation({
	name: 'Delete TOTP',
	value: 'deleteTotp',
	action: 'Delete TOTP of user',
	description: "Remove a user's authenticator app as a second factor",
	request: 'DELETE /users/{user_id}/totp',
	path: [locate('user', { required: true })],
	notice: [
		"Permanently deletes the secret of the user's authenticator app, so that its codes are no longer valid.",
		'This cannot be undone: the user must set it up again. Dry Run shows what would be lost.',
	],
	destroys: [{ name: 'totp', path: '/users/{user_id}', within: 'totp_enabled' }],
	returns: one(changedUser, { ifNotFound: true }),
});
