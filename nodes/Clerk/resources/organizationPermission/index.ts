import { defineResource } from '../../engine/operation';
import { create } from './create';
import { deleteOrganizationPermission } from './delete';
import { get } from './get';
import { getAll } from './getAll';
import { update } from './update';

export const organizationPermission = defineResource({
	name: 'Organization Permission',
	value: 'organizationPermission',
	description: "What roles allow their members to do: Clerk's own permissions and custom ones",
	operations: [create, get, getAll, update, deleteOrganizationPermission],
});
