import { defineResource } from '../../engine/operation';
import { create } from './create';
import { createScope } from './createScope';
import { deleteMachine } from './delete';
import { deleteScope } from './deleteScope';
import { get } from './get';
import { getAll } from './getAll';
import { getSecretKey } from './getSecretKey';
import { rotateSecretKey } from './rotateSecretKey';
import { update } from './update';

export const machine = defineResource({
	name: 'Machine',
	value: 'machine',
	description: 'Your services that call each other with M2M tokens',
	operations: [
		create,
		get,
		getAll,
		update,
		deleteMachine,
		createScope,
		deleteScope,
		getSecretKey,
		rotateSecretKey,
	],
});
