import { defineResource } from '../../engine/operation';
import { get } from './get';

export const jwks = defineResource({
	name: 'JWKS',
	value: 'jwks',
	description: 'The public keys (JSON Web Key Set) of the instance',
	operations: [get],
});
