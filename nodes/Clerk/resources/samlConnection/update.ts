import { defineOperation, one } from '../../engine/operation';
import * as fields from '../../fields/enterpriseConnection';
import { samlFields, samlSignIn } from '../../fields/saml';
import { samlConnection } from '../../views/samlConnection';

export const update = defineOperation({
	name: 'Update (Deprecated)',
	value: 'update',
	action: 'Update SAML connection',
	description:
		'Change the fields you add and leave all others as they are. Deprecated by Clerk: use Update of Enterprise Connection.',
	request: 'PATCH /saml_connections/{saml_connection_id}',
	path: [fields.samlConnection],
	body: [
		fields.name,
		fields.domains,
		fields.linkedOrganization,
		fields.accountLinking,
		fields.active,
		fields.consentToDeletion,
		...fields.userRules,
		...samlFields,
		...samlSignIn,
	],
	omitted: fields.domainIsLegacy,
	returns: one(samlConnection, { ifNotFound: true }),
});
