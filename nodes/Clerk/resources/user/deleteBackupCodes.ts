import { defineOperation, one } from '../../engine/operation';
import { locate } from '../../fields/locators';
import { changedUser } from '../../views/userParts';

export const deleteBackupCodes = defineOperation({
	name: 'Delete Backup Codes',
	value: 'deleteBackupCodes',
	action: 'Delete backup codes of user',
	description: "Delete all of a user's backup codes",
	request: 'DELETE /users/{user_id}/backup_code',
	path: [locate('user', { required: true })],
	notice: [
		'Permanently deletes all backup codes of the user, who can no longer sign in with one.',
		'This cannot be undone. Dry Run shows what would be lost.',
	],
	// Clerk returns only whether there are any, not how many.
	destroys: [{ name: 'backupCodes', path: '/users/{user_id}', within: 'backup_code_enabled' }],
	returns: one(changedUser, { ifNotFound: true }),
});
