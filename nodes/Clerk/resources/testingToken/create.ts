import { defineOperation, one } from '../../engine/operation';
import { testingToken } from '../../views/signIn';

export const create = defineOperation({
	name: 'Create',
	value: 'create',
	action: 'Create testing token',
	description: "Create a token that lets automated tests past Clerk's bot protection",
	notice: 'The expiration of the token (expiresAt) is in Unix seconds.',
	request: 'POST /testing_tokens',
	returns: one(testingToken),
});
