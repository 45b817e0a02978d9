import { defineOperation, one } from '../../engine/operation';
import * as fields from '../../fields/enterpriseConnection';
import { deleted } from '../../views/general';

export const deleteEnterpriseConnection = defineOperation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete enterprise connection',
	description: 'Delete an enterprise connection, so that people can no longer sign in through it',
	request: 'DELETE /enterprise_connections/{enterprise_connection_id}',
	path: [fields.enterpriseConnection],
	notice: [
		'Permanently deletes the connection: people can no longer sign in through it.',
		'This cannot be undone. Dry Run shows what would be lost.',
	],
	destroys: [
		{
			name: 'enterpriseConnection',
			path: '/enterprise_connections/{enterprise_connection_id}',
		},
	],
	returns: one(deleted, { ifNotFound: true }),
});
