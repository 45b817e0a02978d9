import { defineOperation, one } from '../../engine/operation';
import { identifier } from '../../fields/accessLists';
import { blocklistIdentifier } from '../../views/accessLists';

export const create = defineOperation({
	name: 'Create',
	value: 'create',
	action: 'Create blocklist identifier',
	description:
		'Keep whoever has an identifier from signing up and signing in. In production this needs a paid plan.',
	request: 'POST /blocklist_identifiers',
	body: [identifier],
	returns: one(blocklistIdentifier),
});
