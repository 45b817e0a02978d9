import { defineOperation, list } from '../../engine/operation';
import { orderedPaging } from '../../fields/paging';
import { orderBy } from '../../fields/sorting';
import { machine } from '../../views/machine';

export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many machines',
	description: 'Get the machines of the instance, each with the machines it can call',
	request: 'GET /machines',
	query: [
		orderBy({ created_at: 'Created At', name: 'Name' }),
		{
			displayName: 'Search',
			name: 'query',
			type: 'string',
			default: '',
			description: 'Part of a name, or a full machine ID',
		},
	],
	returns: list(machine, orderedPaging),
});
