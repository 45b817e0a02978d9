import { defineOperation, list } from '../../engine/operation';
import { dataPaging } from '../../fields/paging';
import { scimDirectory } from '../../views/directory';

export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many SCIM directories',
	description: 'Get the directories of the instance, without their API keys',
	request: 'GET /scim_directories',
	returns: list(scimDirectory, dataPaging),
});
