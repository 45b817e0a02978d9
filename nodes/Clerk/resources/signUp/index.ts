import { defineResource } from '../../engine/operation';
import { get } from './get';
import { update } from './update';

export const signUp = defineResource({
	name: 'Sign-Up',
	value: 'signUp',
	description: 'Sign-ups that have not yet become users',
	operations: [get, update],
});
