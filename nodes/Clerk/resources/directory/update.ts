import { defineOperation, one } from '../../engine/operation';
import * as fields from '../../fields/directory';
import { directory } from '../../views/directory';

export const update = defineOperation({
	name: 'Update',
	value: 'update',
	action: 'Update directory',
	description: 'Update the fields you add; others stay as they are',
	request: 'PATCH /directories/{directory_id}',
	path: [fields.directory],
	body: fields.directorySettings,
	returns: one(directory, { ifNotFound: true }),
});
