import { defineResource } from '../../engine/operation';
import { create } from './create';
import { deleteRedirectUrl } from './delete';
import { get } from './get';
import { getAll } from './getAll';

export const redirectUrl = defineResource({
	name: 'Redirect URL',
	value: 'redirectUrl',
	description: 'URLs that users can return to after signing in, mainly in mobile apps',
	operations: [create, get, getAll, deleteRedirectUrl],
});
