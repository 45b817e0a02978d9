import { defineResource } from '../../engine/operation';
import { create } from './create';
import { createGroupRoleMapping } from './createGroupRoleMapping';
import { deleteScimDirectory } from './delete';
import { deleteGroupRoleMapping } from './deleteGroupRoleMapping';
import { get } from './get';
import { getAll } from './getAll';
import { getGroupRoleMappings } from './getGroupRoleMappings';
import { replaceGroupRoleMappings } from './replaceGroupRoleMappings';
import { rotateApiKey } from './rotateApiKey';
import { update } from './update';

export const scimDirectory = defineResource({
	name: 'SCIM Directory',
	value: 'scimDirectory',
	description: 'Directories under their older name in the API; use Directory instead',
	operations: [
		create,
		get,
		getAll,
		update,
		deleteScimDirectory,
		rotateApiKey,
		getGroupRoleMappings,
		createGroupRoleMapping,
		deleteGroupRoleMapping,
		replaceGroupRoleMappings,
	],
});
