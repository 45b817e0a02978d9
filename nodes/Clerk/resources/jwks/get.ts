import { defineOperation, one } from '../../engine/operation';
import { jwks } from '../../views/jwt';

export const get = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get JWKS',
	description: 'Get the public keys that session tokens are verified with',
	request: 'GET /jwks',
	returns: one(jwks),
});
