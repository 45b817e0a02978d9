import { defineOperation, one } from '../../engine/operation';
import * as fields from '../../fields/enterpriseConnection';
import { enterpriseConnection } from '../../views/enterpriseConnection';

export const get = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get enterprise connection',
	description: 'Get one enterprise connection with its SAML or OIDC settings',
	request: 'GET /enterprise_connections/{enterprise_connection_id}',
	path: [fields.enterpriseConnection],
	returns: one(enterpriseConnection, { ifNotFound: true }),
});
