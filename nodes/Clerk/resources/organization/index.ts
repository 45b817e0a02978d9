import { defineResource } from '../../engine/operation';
import { create } from './create';
import { deleteOrganization } from './delete';
import { get } from './get';
import { getAll } from './getAll';
import { update } from './update';

export const organization = defineResource({
	name: 'Organization',
	value: 'organization',
	description: 'The teams, companies or tenants that users belong to',
	operations: [create, deleteOrganization, get, getAll, update],
});
