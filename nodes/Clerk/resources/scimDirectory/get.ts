import { defineOperation, one } from '../../engine/operation';
import * as fields from '../../fields/directory';
import { scimDirectory } from '../../views/directory';

export const get = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get SCIM directory',
	description: 'Get one directory, without its API key',
	request: 'GET /scim_directories/{scim_directory_id}',
	path: [fields.scimDirectory],
	returns: one(scimDirectory, { ifNotFound: true }),
});
