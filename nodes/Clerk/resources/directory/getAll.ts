import { defineOperation, list } from '../../engine/operation';
import { dataPaging } from '../../fields/paging';
import { directory } from '../../views/directory';

export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many directories',
	description: 'Get the directories of the instance, without their API keys',
	request: 'GET /directories',
	returns: list(directory, dataPaging),
});
