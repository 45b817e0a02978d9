import { defineOperation, one } from '../../engine/operation';
import * as fields from '../../fields/directory';
import { scimDirectory } from '../../views/directory';

export const rotateApiKey = defineOperation({
	name: 'Rotate API Key',
	value: 'rotateApiKey',
	action: 'Rotate API key of SCIM directory',
	description: 'Give a directory a new API key; the old one ends',
	request: 'POST /scim_directories/{scim_directory_id}/rotate_api_key',
	path: [fields.scimDirectory],
	notice: fields.keyNotice,
	returns: one(scimDirectory),
});
