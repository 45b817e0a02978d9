import { defineOperation, one, orNull } from '../../engine/operation';
import * as fields from '../../fields/enterpriseConnection';
import { within } from '../../fields/saml';
import { enterpriseConnection } from '../../views/enterpriseConnection';

export const update = defineOperation({
	name: 'Update',
	value: 'update',
	action: 'Update enterprise connection',
	description: 'Update the fields you add; others stay as they are',
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
			{ ...orNull(fields.name), description: 'The name of the SAML part of the connection' },
		]),
		...fields.newIdpFields,
	],
	formOnly: [fields.removeAllCustomAttributes],
	omitted: fields.pathIsLegacy,
	notice: [
		'Turning Active on removes verified domains of organizations with the same names as its Domains. This cannot be undone.',
		'Under Options, Dry Run shows how many verified domains all organizations have: those with these names are removed.',
	],
	destroys: [{ ...fields.domainsAtRisk, appliesTo: ({ body }) => body?.active === true }],
	returns: one(enterpriseConnection, { ifNotFound: true }),
});
