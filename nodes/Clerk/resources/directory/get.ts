import { defineOperation, one } from '../../engine/operation';
import * as fields from '../../fields/directory';
import { directory } from '../../views/directory';

export const get = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get directory',
	description: 'Get one directory, without its API key',
	request: 'GET /directories/{directory_id}',
	path: [fields.directory],
	returns: one(directory, { ifNotFound: true }),
});
