import { defineOperation, one } from '../../engine/operation';
import { locate } from '../../fields/locators';
import { signInToken } from '../../views/signIn';

export const revoke = defineOperation({
	name: 'Revoke',
	value: 'revoke',
	action: 'Revoke sign-in token',
	description: 'Revoke an unused sign-in token, so that its link no longer works',
	request: 'POST /sign_in_tokens/{sign_in_token_id}/revoke',
	path: [locate('signInToken', { required: true, description: 'The token to revoke, by its ID' })],
	returns: one(signInToken),
});
