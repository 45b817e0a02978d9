import { defineOperation, one } from '../../engine/operation';
import * as fields from '../../fields/directory';
import { scimMappings } from '../../views/directory';

export const replaceGroupRoleMappings = defineOperation({
	name: 'Replace Group Role Mappings',
	value: 'replaceGroupRoleMappings',
	action: 'Replace group role mappings of SCIM directory',
	description: 'Replace all mappings of a directory; the first match wins',
	request: 'PUT /scim_directories/{scim_directory_id}/group_role_mappings',
	path: [fields.scimDirectory],
	body: [fields.scimMappings],
	formOnly: [fields.removeAllMappings],
	notice: fields.replaceNotice,
	destroys: [
		{
			name: 'groupRoleMappings',
			path: '/scim_directories/{scim_directory_id}/group_role_mappings',
		},
	],
	returns: one(scimMappings),
});
