import { defineOperation, one } from '../../engine/operation';
import { locate } from '../../fields/locators';
import { secondFactorPhoneNumbers } from '../../fields/user';
import { changedUser } from '../../views/userParts';

export const disableMfa = defineOperation({
	name: 'Disable MFA',
	value: 'disableMfa',
	action: 'Disable MFA of user',
	description:
		'Turn off every second factor of a user: text messages, authenticator app and backup codes',
	request: 'DELETE /users/{user_id}/mfa',
	path: [locate('user', { required: true })],
	notice: [
		'Permanently deletes all second factors of the user (text messages, authenticator app, backup codes): a password is then enough to sign in.',
		'This cannot be undone: the user must set them up again. Dry Run shows what would be lost.',
	],
	destroys: [
		{ name: 'totp', path: '/users/{user_id}', within: 'totp_enabled' },
		{ name: 'backupCodes', path: '/users/{user_id}', within: 'backup_code_enabled' },
		secondFactorPhoneNumbers,
	],
	returns: one(changedUser, { ifNotFound: true }),
});
