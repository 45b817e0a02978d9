import { defineOperation, one } from '../../engine/operation';
import * as fields from '../../fields/directory';
import { directory } from '../../views/directory';

export const rotateApiKey = defineOperation({
	name: 'Rotate API Key',
	value: 'rotateApiKey',
	action: 'Rotate API key of directory',
	description: 'Create a new API key for a directory; the old one stops working',
	request: 'POST /directories/{directory_id}/rotate_api_key',
	path: [fields.directory],
	notice: fields.keyNotice,
	returns: one(directory),
});
