import { defineOperation, one } from '../../engine/operation';
import { locate } from '../../fields/locators';
import { user } from '../../views/user';

export const unsetPasswordCompromised = defineOperation({
	name: 'Unset Password Compromised',
	value: 'unsetPasswordCompromised',
	action: 'Unmark password of user as compromised',
	description:
		'Take back that the password of a user is compromised, so that the user is not asked for a new one at the next sign-in',
	request: 'POST /users/{user_id}/password/unset_compromised',
	path: [locate('user', { required: true })],
	notice:
		'Where Clerk put the password in quarantine because the e-mail address was reserved, it keeps asking until the password is reset, changed or removed.',
	returns: one(user),
});
