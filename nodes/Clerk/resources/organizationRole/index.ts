import { defineResource } from '../../engine/operation';
import { assignPermission } from './assignPermission';
import { create } from './create';
import { deleteOrganizationRole } from './delete';
import { get } from './get';
import { getAll } from './getAll';
import { removePermission } from './removePermission';
import { update } from './update';

export const organizationRole = defineResource({
	name: 'Organization Role',
	value: 'organizationRole',
	description: 'Roles that members of organizations have, with the permissions of each',
	operations: [
		create,
		get,
		getAll,
		update,
		deleteOrganizationRole,
		assignPermission,
		removePermission,
	],
});
