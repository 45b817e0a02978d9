import { defineOperation, one } from '../../engine/operation';
import * as fields from '../../fields/directory';
import { directoryMappings } from '../../views/directory';

export const replaceGroupRoleMappings = defineOperation({
	name: 'Replace Group Role Mappings',
	value: 'replaceGroupRoleMappings',
	action: 'Replace group role mappings of directory',
	description: 'Replace all mappings of a directory; the first match wins',
	request: 'PUT /directories/{directory_id}/group_role_mappings',
	path: [fields.directory],
	body: [fields.directoryMappings],
	formOnly: [fields.removeAllMappings],
	omitted: fields.legacyNames('mappings.'),
	notice: fields.replaceNotice,
	destroys: [
		{ name: 'groupRoleMappings', path: '/directories/{directory_id}/group_role_mappings' },
	],
	returns: one(directoryMappings),
});
