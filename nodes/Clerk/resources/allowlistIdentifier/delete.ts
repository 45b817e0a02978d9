import { defineOperation, one } from '../../engine/operation';
import { locate } from '../../fields/locators';
import { deleted } from '../../views/general';

export const deleteAllowlistIdentifier = defineOperation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete allowlist identifier',
	description: 'Take an identifier from the allowlist; who has signed up with it stays',
	request: 'DELETE /allowlist_identifiers/{identifier_id}',
	path: [
		locate('allowlistIdentifier', {
			required: true,
			description: 'The entry of the allowlist to delete',
		}),
	],
	notice:
		'This takes the identifier from the allowlist, so that nobody can sign up with it while sign-ups are restricted; users stay. It cannot be undone, though it can be added anew. The Dry Run option shows whether it is there.',
	destroys: [
		{
			name: 'allowlistIdentifiers',
			path: '/allowlist_identifiers',
			query: { paginated: true, limit: 500 },
			rowId: 'identifier_id',
		},
	],
	returns: one(deleted, { ifNotFound: true }),
});
