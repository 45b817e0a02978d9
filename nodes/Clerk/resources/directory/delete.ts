import { defineOperation, one } from '../../engine/operation';
import * as fields from '../../fields/directory';
import { deleted } from '../../views/general';

export const deleteDirectory = defineOperation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete directory',
	description: 'Delete a directory, so that its identity provider no longer provisions users',
	request: 'DELETE /directories/{directory_id}',
	path: [fields.directory],
	notice: [
		'Permanently deletes the directory and its group role mappings; its API key no longer works.',
		'This cannot be undone. Dry Run shows what would be lost.',
	],
	destroys: [
		{ name: 'directory', path: '/directories/{directory_id}' },
		{ name: 'groupRoleMappings', path: '/directories/{directory_id}/group_role_mappings' },
	],
	returns: one(deleted, { ifNotFound: true }),
});
