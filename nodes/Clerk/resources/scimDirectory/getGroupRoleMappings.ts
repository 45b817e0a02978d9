import { defineOperation, list } from '../../engine/operation';
import * as fields from '../../fields/directory';
import { unpagedPaging } from '../../fields/paging';
import { scimMapping } from '../../views/directory';

export const getGroupRoleMappings = defineOperation({
	name: 'Get Group Role Mappings',
	value: 'getGroupRoleMappings',
	action: 'Get group role mappings of SCIM directory',
	description: 'Get which groups give their members which role, the deciding ones first',
	request: 'GET /scim_directories/{scim_directory_id}/group_role_mappings',
	path: [fields.scimDirectory],
	returns: list(scimMapping, unpagedPaging),
});
