import { defineOperation, one } from '../../engine/operation';
import * as fields from '../../fields/directory';
import { deleted } from '../../views/general';

export const deleteGroupRoleMapping = defineOperation({
	name: 'Delete Group Role Mapping',
	value: 'deleteGroupRoleMapping',
	action: 'Delete group role mapping of SCIM directory',
	description: 'Delete the mapping of a group, so that it no longer gives its members a role',
	request: 'DELETE /scim_directories/{scim_directory_id}/group_role_mappings/{mapping_id}',
	path: [fields.scimDirectory, fields.scimMapping],
	notice: [
		'Permanently deletes the mapping: members of the group lose its role. The directory must have Group Role Mapping turned on.',
		'This cannot be undone. Dry Run shows what would be lost.',
	],
	destroys: [
		{
			name: 'groupRoleMappings',
			path: '/scim_directories/{scim_directory_id}/group_role_mappings',
			rowId: 'mapping_id',
		},
	],
	returns: one(deleted, { ifNotFound: true }),
});
