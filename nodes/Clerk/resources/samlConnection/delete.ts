import { defineOperation, one } from '../../engine/operation';
import * as fields from '../../fields/enterpriseConnection';
import { deleted } from '../../views/general';

export const deleteSamlConnection = defineOperation({
	name: 'Delete (Deprecated)',
	value: 'delete',
	action: 'Delete SAML connection',
	description: 'Deprecated by Clerk: use Delete of Enterprise Connection',
	request: 'DELETE /saml_connections/{saml_connection_id}',
	path: [fields.samlConnection],
	notice: [
		'Permanently deletes the connection: people can no longer sign in through it.',
		'This cannot be undone. Dry Run shows what would be lost.',
	],
	destroys: [{ name: 'samlConnection', path: '/saml_connections/{saml_connection_id}' }],
	returns: one(deleted, { ifNotFound: true }),
});
