import { defineResource } from '../../engine/operation';
import { get } from './get';
import { update } from './update';

export const signUp = defineResource({
	name: 'Sign-Up',
	value: 'signUp',
	description: 'Sign-ups on their way to become users',
	operations: [get, update],
});
