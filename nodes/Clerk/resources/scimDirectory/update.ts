import { defineOperation, one } from '../../engine/operation';
import * as fields from '../../fields/directory';
import { scimDirectory } from '../../views/directory';

export const update = defineOperation({
	name: 'Update',
	value: 'update',
	action: 'Update SCIM directory',
	description: 'Update the fields you add; others stay as they are',
	request: 'PATCH /scim_directories/{scim_directory_id}',
	path: [fields.scimDirectory],
	body: fields.directorySettings,
	returns: one(scimDirectory, { ifNotFound: true }),
});
