import { defineOperation, one } from '../../engine/operation';
import { locate } from '../../fields/locators';
import { deleted } from '../../views/general';

export const deletePasskey = defineOperation({
	name: 'Delete Passkey',
	value: 'deletePasskey',
	action: 'Delete passkey of user',
	description: 'Delete a passkey of a user; Clerk notifies them by email',
	request: 'DELETE /users/{user_id}/passkeys/{passkey_identification_id}',
	path: [
		locate('user', { required: true }),
		locate('passkey', {
			wire: 'passkey_identification_id',
			required: true,
			description: 'The passkey to delete',
		}),
	],
	notice: [
		'Permanently deletes the passkey: the user can then no longer sign in with it.',
		'This cannot be undone. Dry Run shows what would be lost.',
	],
	destroys: [
		{
			name: 'passkeys',
			path: '/users/{user_id}',
			within: 'passkeys',
			rowId: 'passkey_identification_id',
		},
	],
	returns: one(deleted, { ifNotFound: true }),
});
