import { defineOperation, one } from '../../engine/operation';
import * as fields from '../../fields/enterpriseConnection';
import { samlConnection } from '../../views/samlConnection';

export const get = defineOperation({
	name: 'Get (Deprecated)',
	value: 'get',
	action: 'Get SAML connection',
	description: 'Deprecated by Clerk: use Get of Enterprise Connection',
	request: 'GET /saml_connections/{saml_connection_id}',
	path: [fields.samlConnection],
	returns: one(samlConnection, { ifNotFound: true }),
});
