import { defineOperation, list } from '../../engine/operation';
import * as fields from '../../fields/directory';
import { unpagedPaging } from '../../fields/paging';
import { directoryMapping } from '../../views/directory';

export const getGroupRoleMappings = defineOperation({
	name: 'Get Group Role Mappings',
	value: 'getGroupRoleMappings',
	action: 'Get group role mappings of directory',
	description: 'Get which groups give their members which role, the deciding ones first',
	request: 'GET /directories/{directory_id}/group_role_mappings',
	path: [fields.directory],
	returns: list(directoryMapping, unpagedPaging),
});
