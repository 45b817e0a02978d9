import { defineOperation, one, orNull } from '../../engine/operation';
import * as fields from '../../fields/enterpriseConnection';
import { enterpriseConnection } from '../../views/enterpriseConnection';

export const create = defineOperation({
	name: 'Create',
	value: 'create',
	action: 'Create enterprise connection',
	description:
		'Let people sign in through their identity provider (SAML, OIDC). Needs a plan in production.',
	request: 'POST /enterprise_connections',
	body: [
		{ ...fields.name, required: true },
		fields.anyProvider,
		{ ...fields.domains, required: true },
		orNull(fields.linkedOrganization),
		fields.accountLinking,
		fields.active,
		...fields.signInRules,
		...fields.idpFields,
	],
	omitted: fields.pathIsLegacy,
	returns: one(enterpriseConnection),
});
