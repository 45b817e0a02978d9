import { defineOperation, one } from '../../engine/operation';
import { locate } from '../../fields/locators';
import { changedUser } from '../../views/userParts';

export const deleteBackupCodes = defineOperation({
	name: 'Delete Backup Codes',
	value: 'deleteBackupCodes',
	action: 'Delete backup codes of user',
	description: 'Take all backup codes of a user away',
	request: 'DELETE /users/{user_id}/backup_code',
	path: [locate('user', { required: true })],
	notice:
		'This destroys all backup codes of the user, who can then no longer sign in with one. It cannot be undone. The Dry Run option shows what would be lost.',
	// Clerk returns only whether there are any, not how many.
	destroys: [{ name: 'backupCodes', path: '/users/{user_id}', within: 'backup_code_enabled' }],
	returns: one(changedUser, { ifNotFound: true }),
});
