import { defineResource } from '../../engine/operation';
import { create } from './create';
import { deleteRedirectUrl } from './delete';
import { get } from './get';
import { getAll } from './getAll';

export const redirectUrl = defineResource({
	name: 'Redirect URL',
	value: 'redirectUrl',
	description: 'Where users may come back to after signing in, in mobile apps above all',
	operations: [create, get, getAll, deleteRedirectUrl],
});
