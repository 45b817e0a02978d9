import { defineOperation, one } from '../../engine/operation';
import * as fields from '../../fields/directory';
import { deleted } from '../../views/general';

export const deleteScimDirectory = defineOperation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete SCIM directory',
	description: 'Delete a directory, so that its identity provider no longer provisions users',
	request: 'DELETE /scim_directories/{scim_directory_id}',
	path: [fields.scimDirectory],
	notice: [
		'Permanently deletes the directory and its group role mappings; its API key no longer works.',
		'This cannot be undone. Dry Run shows what would be lost.',
	],
	destroys: [
		{ name: 'scimDirectory', path: '/scim_directories/{scim_directory_id}' },
		{
			name: 'groupRoleMappings',
			path: '/scim_directories/{scim_directory_id}/group_role_mappings',
		},
	],
	returns: one(deleted, { ifNotFound: true }),
});
