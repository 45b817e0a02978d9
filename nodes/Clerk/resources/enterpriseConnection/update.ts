import { defineOperation, one, orNull } from '../../engine/operation';
import * as fields from '../../fields/enterpriseConnection';
import { within } from '../../fields/saml';
import { enterpriseConnection } from '../../views/enterpriseConnection';

export const update = defineOperation({
	name: 'Update',
	value: 'update',
	action: 'Update enterprise connection',
	description: 'Change the fields you add and leave all others as they are',
	request: 'PATCH /enterprise_connections/{enterprise_connection_id}',
	path: [fields.enterpriseConnection],
	body: [
		orNull(fields.name),
		fields.newDomains,
		fields.newOrganization,
		fields.accountLinking,
		fields.active,
		...fields.signInRules,
		...fields.userRules,
		...within('saml', [
			{ ...orNull(fields.name), description: 'What the SAML part of the connection is called' },
		]),
		...fields.newIdpFields,
	],
	formOnly: [fields.removeAllCustomAttributes],
	omitted: fields.pathIsLegacy,
	notice: [
		'Active, turned on, removes verified domains of organizations that have the names of its Domains. This cannot be undone.',
		'Dry Run shows how many verified domains all organizations have: those with these names go.',
	],
	destroys: [{ ...fields.domainsAtRisk, appliesTo: ({ body }) => body?.active === true }],
	returns: one(enterpriseConnection, { ifNotFound: true }),
});
