import { defineOperation, one, orNull } from '../../engine/operation';
import * as fields from '../../fields/enterpriseConnection';
import { samlFields, samlSignIn } from '../../fields/saml';
import { samlConnection } from '../../views/samlConnection';

export const update = defineOperation({
	name: 'Update (Deprecated)',
	value: 'update',
	action: 'Update SAML connection',
	description: 'Deprecated by Clerk: use Update of Enterprise Connection',
	request: 'PATCH /saml_connections/{saml_connection_id}',
	path: [fields.samlConnection],
	body: [
		orNull(fields.name),
		orNull(fields.domains),
		orNull(fields.linkedOrganization),
		fields.accountLinking,
		fields.active,
		fields.consentToDeletion,
		...fields.userRules,
		...samlFields,
		...samlSignIn,
	],
	omitted: fields.domainIsLegacy,
	notice: [
		'Turning Active on with Allow Deletion of Domains removes verified domains of organizations with the same names as its Domains. This cannot be undone.',
		'Under Options, Dry Run shows how many verified domains all organizations have: those with these names are removed.',
	],
	destroys: [
		{
			...fields.domainsAtRisk,
			appliesTo: ({ body }) =>
				body?.active === true && body.consent_verified_domains_deletion === true,
		},
	],
	returns: one(samlConnection, { ifNotFound: true }),
});
