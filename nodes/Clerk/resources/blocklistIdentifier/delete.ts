import { defineOperation, one } from '../../engine/operation';
import { locate } from '../../fields/locators';
import { deleted } from '../../views/general';

export const deleteBlocklistIdentifier = defineOperation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete blocklist identifier',
	description: 'Remove an identifier from the blocklist, so that it can sign up again',
	request: 'DELETE /blocklist_identifiers/{identifier_id}',
	path: [
		locate('blocklistIdentifier', {
			required: true,
			description: 'The blocklist entry to delete',
		}),
	],
	notice: [
		'Removes the identifier from the blocklist: it can sign up and sign in again.',
		'This cannot be undone, but you can add it again. Dry Run shows whether it exists.',
	],
	destroys: [
		{
			name: 'blocklistIdentifiers',
			path: '/blocklist_identifiers',
			rowId: 'identifier_id',
		},
	],
	returns: one(deleted, { ifNotFound: true }),
});
