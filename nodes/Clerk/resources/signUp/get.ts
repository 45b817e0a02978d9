import { defineOperation, one } from '../../engine/operation';
import { signUpId } from '../../fields/signIn';
import { signUp } from '../../views/signIn';

export const get = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get sign-up',
	description: 'Get a sign-up, and what is still missing or unverified before it becomes a user',
	request: 'GET /sign_ups/{id}',
	path: [signUpId],
	returns: one(signUp, { ifNotFound: true }),
});
