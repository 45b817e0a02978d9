import { defineOperation, list } from '../../engine/operation';
import { ORGANIZATION_ID } from '../../fields/ids';
import { orderedPaging } from '../../fields/paging';
import { orderBy } from '../../fields/sorting';
import { samlConnection } from '../../views/samlConnection';

export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many SAML connections',
	description: 'Deprecated by Clerk: use Get Many of Enterprise Connection',
	request: 'GET /saml_connections',
	query: [
		// Clerk's document has the sort fields of memberships here; connections have only this one of them.
		orderBy({ created_at: 'Created At' }),
		{
			displayName: 'Organization ID',
			name: 'organizationId',
			type: 'string',
			default: '',
			signs: true,
			kind: ORGANIZATION_ID,
			placeholder: 'e.g. org_2NNEqL2nrIRd…, -org_3OOFrM3osJSeK205oeKrBIxFgyD',
			description:
				'Only connections of these organization IDs, separated by commas. A minus sign before an ID leaves it out.',
			encode: 'list',
		},
		{
			displayName: 'Search',
			name: 'query',
			type: 'string',
			default: '',
			description: 'Part of the name, ignoring case',
		},
	],
	returns: list(samlConnection, orderedPaging),
});
