import { defineOperation, list } from '../../engine/operation';
import { unpagedPaging } from '../../fields/paging';
import { blocklistIdentifier } from '../../views/accessLists';

export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many blocklist identifiers',
	description: 'Get the email addresses, phone numbers and wallets on the blocklist, newest first',
	request: 'GET /blocklist_identifiers',
	returns: list(blocklistIdentifier, unpagedPaging),
});
