import { defineOperation, list } from '../../engine/operation';
import { locate } from '../../fields/locators';
import { dataPaging } from '../../fields/paging';
import { enterpriseConnection } from '../../views/enterpriseConnection';

export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many enterprise connections',
	description: 'Get the enterprise connections of the instance that match the filters you add',
	request: 'GET /enterprise_connections',
	query: [
		{
			displayName: 'Active',
			name: 'active',
			type: 'boolean',
			default: true,
			description: 'Whether to get only active connections, or only inactive ones',
		},
		locate('organization', { description: 'Only the connections of this organization' }),
	],
	returns: list(enterpriseConnection, dataPaging),
});
