import { defineOperation, one } from '../../engine/operation';
import * as fields from '../../fields/directory';
import { scimDirectory } from '../../views/directory';

export const create = defineOperation({
	name: 'Create',
	value: 'create',
	action: 'Create SCIM directory',
	description:
		'Create a directory under its older name in the API; Directory: Create does the same',
	request: 'POST /scim_directories',
	body: [
		fields.connection,
		{ ...fields.provider, required: true },
		fields.name,
		fields.firstScimMappings,
	],
	returns: one(scimDirectory),
});
