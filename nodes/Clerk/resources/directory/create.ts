import { defineOperation, one } from '../../engine/operation';
import * as fields from '../../fields/directory';
import { directory } from '../../views/directory';

export const create = defineOperation({
	name: 'Create',
	value: 'create',
	action: 'Create directory',
	description: 'Let an identity provider manage users (SCIM). Only this output shows the API key.',
	request: 'POST /directories',
	body: [
		fields.connection,
		{ ...fields.provider, required: true },
		fields.name,
		fields.firstDirectoryMappings,
	],
	omitted: fields.legacyNamesOfFirst,
	returns: one(directory),
});
