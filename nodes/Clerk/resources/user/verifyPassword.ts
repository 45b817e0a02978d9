import { defineOperation, one } from '../../engine/operation';
import { locate } from '../../fields/locators';
import { password } from '../../fields/user';
import { verifiedPassword } from '../../views/userParts';

export const verifyPassword = defineOperation({
	name: 'Verify Password',
	value: 'verifyPassword',
	action: 'Verify password of user',
	description: 'Check the password of a user. Changes nothing; a wrong password causes an error.',
	request: 'POST /users/{user_id}/verify_password',
	path: [locate('user', { required: true })],
	body: [{ ...password, required: true, description: 'The password to check' }],
	returns: one(verifiedPassword),
});
