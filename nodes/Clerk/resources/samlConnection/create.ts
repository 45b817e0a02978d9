import { defineOperation, one, orNull } from '../../engine/operation';
import * as fields from '../../fields/enterpriseConnection';
import { samlFields } from '../../fields/saml';
import { samlConnection } from '../../views/samlConnection';

export const create = defineOperation({
	name: 'Create (Deprecated)',
	value: 'create',
	action: 'Create SAML connection',
	description: 'Deprecated by Clerk: use Create of Enterprise Connection',
	request: 'POST /saml_connections',
	body: [
		{ ...fields.name, required: true },
		fields.samlProvider,
		{ ...fields.domains, required: true },
		orNull(fields.linkedOrganization),
		...samlFields,
	],
	omitted: fields.domainIsLegacy,
	returns: one(samlConnection),
});
