import { defineOperation, one } from '../../engine/operation';
import * as fields from '../../fields/directory';
import { scimDirectory } from '../../views/directory';

export const rotateApiKey = defineOperation({
	name: 'Rotate API Key',
	value: 'rotateApiKey',
	action: 'Rotate API key of SCIM directory',
	description: 'Create a new API key for a directory; the old one stops working',
	request: 'POST /scim_directories/{scim_directory_id}/rotate_api_key',
	path: [fields.scimDirectory],
	notice: fields.keyNotice,
	returns: one(scimDirectory),
});
