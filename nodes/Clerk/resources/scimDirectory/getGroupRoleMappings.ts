import { defineOperation, list } from '../../engine/operation';
import * as fields from '../../fields/directory';
import { unpagedPaging } from '../../fields/paging';
import { scimMapping } from '../../views/directory';

export const getGroupRoleMappings = defineOperation({
	name: 'Get Group Role Mappings',
	value: 'getGroupRoleMappings',
	action: 'Get group role mappings of SCIM directory',
	description: 'Get the role that each group gives its members, by precedence',
	request: 'GET /scim_directories/{scim_directory_id}/group_role_mappings',
	path: [fields.scimDirectory],
	returns: list(scimMapping, unpagedPaging),
});
