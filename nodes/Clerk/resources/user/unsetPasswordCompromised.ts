import { defineOperation, one } from '../../engine/operation';
import { locate } from '../../fields/locators';
import { user } from '../../views/user';

export const unsetPasswordCompromised = defineOperation({
	name: 'Unset Password Compromised',
	value: 'unsetPasswordCompromised',
	action: 'Unmark password of user as compromised',
	description: 'Clear the "compromised" mark from the password of a user',
	request: 'POST /users/{user_id}/password/unset_compromised',
	path: [locate('user', { required: true })],
	notice:
		'If Clerk quarantined the password because the email address was reserved, it keeps asking until the password is reset, changed or removed.',
	returns: one(user),
});
