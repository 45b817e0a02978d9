import { defineOperation, one } from '../../engine/operation';
import * as fields from '../../fields/directory';
import { directory } from '../../views/directory';

export const rotateApiKey = defineOperation({
	name: 'Rotate API Key',
	value: 'rotateApiKey',
	action: 'Rotate API key of directory',
	description: 'Give a directory a new API key; the old one ends',
	request: 'POST /directories/{directory_id}/rotate_api_key',
	path: [fields.directory],
	notice: fields.keyNotice,
	returns: one(directory),
});
