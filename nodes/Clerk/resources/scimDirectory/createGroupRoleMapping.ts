import { defineOperation, one } from '../../engine/operation';
import * as fields from '../../fields/directory';
import { scimMapping } from '../../views/directory';

export const createGroupRoleMapping = defineOperation({
	name: 'Create Group Role Mapping',
	value: 'createGroupRoleMapping',
	action: 'Create group role mapping of SCIM directory',
	description:
		'Give the members of a group a role; the directory must have Group Role Mapping turned on',
	request: 'POST /scim_directories/{scim_directory_id}/group_role_mappings',
	path: [fields.scimDirectory],
	body: fields.scimMappingFields,
	returns: one(scimMapping),
});
