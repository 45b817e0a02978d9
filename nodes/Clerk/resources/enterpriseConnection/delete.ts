import { defineOperation, one } from '../../engine/operation';
import * as fields from '../../fields/enterpriseConnection';
import { deleted } from '../../views/general';

export const deleteEnterpriseConnection = defineOperation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete enterprise connection',
	description: 'Delete an enterprise connection, so that nobody signs in through it any more',
	request: 'DELETE /enterprise_connections/{enterprise_connection_id}',
	path: [fields.enterpriseConnection],
	notice:
		'This destroys the connection: nobody can sign in through it any more. It cannot be undone. The Dry Run option shows what would be lost.',
	destroys: [
		{
			name: 'enterpriseConnection',
			path: '/enterprise_connections/{enterprise_connection_id}',
		},
	],
	returns: one(deleted, { ifNotFound: true }),
});
