import { defineOperation, list } from '../../engine/operation';
import * as fields from '../../fields/directory';
import { unpagedPaging } from '../../fields/paging';
import { directoryMapping } from '../../views/directory';

export const getGroupRoleMappings = defineOperation({
	name: 'Get Group Role Mappings',
	value: 'getGroupRoleMappings',
	action: 'Get group role mappings of directory',
	description: 'Get the role that each group gives its members, by precedence',
	request: 'GET /directories/{directory_id}/group_role_mappings',
	path: [fields.directory],
	returns: list(directoryMapping, unpagedPaging),
});
