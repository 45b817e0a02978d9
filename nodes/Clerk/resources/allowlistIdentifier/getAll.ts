import { defineOperation, list } from '../../engine/operation';
import { paginatedPaging } from '../../fields/paging';
import { allowlistIdentifier } from '../../views/accessLists';

export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many allowlist identifiers',
	description: 'Get the email addresses, phone numbers and wallets on the allowlist, newest first',
	request: 'GET /allowlist_identifiers',
	returns: list(allowlistIdentifier, paginatedPaging),
});
