import { defineResource } from '../../engine/operation';
import { create } from './create';
import { createGroupRoleMapping } from './createGroupRoleMapping';
import { deleteDirectory } from './delete';
import { deleteGroupRoleMapping } from './deleteGroupRoleMapping';
import { get } from './get';
import { getAll } from './getAll';
import { getGroupRoleMappings } from './getGroupRoleMappings';
import { replaceGroupRoleMappings } from './replaceGroupRoleMappings';
import { rotateApiKey } from './rotateApiKey';
import { update } from './update';

export const directory = defineResource({
	name: 'Directory',
	value: 'directory',
	description: "Users and roles that a company's identity provider manages (SCIM)",
	operations: [
		create,
		get,
		getAll,
		update,
		deleteDirectory,
		rotateApiKey,
		getGroupRoleMappings,
		createGroupRoleMapping,
		deleteGroupRoleMapping,
		replaceGroupRoleMappings,
	],
});
