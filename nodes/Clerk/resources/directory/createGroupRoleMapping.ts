import { defineOperation, one } from '../../engine/operation';
import * as fields from '../../fields/directory';
import { directoryMapping } from '../../views/directory';

export const createGroupRoleMapping = defineOperation({
	name: 'Create Group Role Mapping',
	value: 'createGroupRoleMapping',
	action: 'Create group role mapping of directory',
	description:
		'Give the members of a group a role; the directory must have Group Role Mapping turned on',
	request: 'POST /directories/{directory_id}/group_role_mappings',
	path: [fields.directory],
	body: fields.directoryMappingFields,
	omitted: fields.legacyNames(),
	returns: one(directoryMapping),
});
