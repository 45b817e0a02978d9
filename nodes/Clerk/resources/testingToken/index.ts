import { defineResource } from '../../engine/operation';
import { create } from './create';

export const testingToken = defineResource({
	name: 'Testing Token',
	value: 'testingToken',
	description: 'Tokens that let automated tests past bot protection',
	operations: [create],
});
