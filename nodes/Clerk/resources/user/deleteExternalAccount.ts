import { defineOperation, one } from '../../engine/operation';
import { locate } from '../../fields/locators';
import { deleted } from '../../views/general';

export const deleteExternalAccount = defineOperation({
	name: 'Delete External Account',
	value: 'deleteExternalAccount',
	action: 'Delete external account of user',
	description: "Disconnect a user's account at Google, GitHub or another provider",
	request: 'DELETE /users/{user_id}/external_accounts/{external_account_id}',
	path: [
		locate('user', { required: true }),
		locate('externalAccount', { required: true, description: 'The account to disconnect' }),
	],
	notice: [
		'Permanently deletes the connection to the external account: the user can then no longer sign in with it.',
		'This cannot be undone, but the user can connect it again. Dry Run shows what would be lost.',
	],
	destroys: [
		{
			name: 'externalAccounts',
			path: '/users/{user_id}',
			within: 'external_accounts',
			rowId: 'external_account_id',
		},
	],
	returns: one(deleted, { ifNotFound: true }),
});
