import { defineResource } from '../../engine/operation';
import { get } from './get';

export const jwks = defineResource({
	name: 'JSON Web Key Set',
	value: 'jwks',
	description: 'The public keys (JWKS) of the instance',
	operations: [get],
});
