import { defineOperation, one } from '../../engine/operation';
import { client } from '../../views/signIn';

export const verify = defineOperation({
	name: 'Verify',
	value: 'verify',
	action: 'Verify client',
	description: 'Get the client of a token, if the token is valid',
	request: 'POST /clients/verify',
	body: [
		{
			displayName: 'Token',
			name: 'token',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'The token of the client (a JWT), from the cookie __client',
		},
	],
	returns: one(client),
});
