import { defineOperation, one } from '../../engine/operation';
import { identifier } from '../../fields/accessLists';
import { blocklistIdentifier } from '../../views/accessLists';

export const create = defineOperation({
	name: 'Create',
	value: 'create',
	action: 'Create blocklist identifier',
	description:
		'Block an email address, phone number or wallet from signing up and in. Needs a plan in production.',
	request: 'POST /blocklist_identifiers',
	body: [identifier],
	returns: one(blocklistIdentifier),
});
