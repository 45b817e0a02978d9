import { defineResource } from '../../engine/operation';
import { create } from './create';
import { deleteJwtTemplate } from './delete';
import { get } from './get';
import { getAll } from './getAll';
import { update } from './update';

export const jwtTemplate = defineResource({
	name: 'JWT Template',
	value: 'jwtTemplate',
	description: 'Templates of tokens with custom claims, for other services',
	operations: [create, get, getAll, update, deleteJwtTemplate],
});
