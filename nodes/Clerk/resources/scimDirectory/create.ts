import { defineOperation, one } from '../../engine/operation';
import * as fields from '../../fields/directory';
import { scimDirectory } from '../../views/directory';

export const create = defineOperation({
	name: 'Create',
	value: 'create',
	action: 'Create SCIM directory',
	description:
		'Let an identity provider create, change and remove the users of an enterprise connection, by the older name of Directory. The output has the API key to give to the identity provider, which Clerk never shows again.',
	request: 'POST /scim_directories',
	body: [
		fields.connection,
		{ ...fields.provider, required: true },
		fields.name,
		fields.firstScimMappings,
	],
	returns: one(scimDirectory),
});
