import { defineOperation, one } from '../../engine/operation';
import { locate } from '../../fields/locators';
import { deleted } from '../../views/general';

export const deleteAllowlistIdentifier = defineOperation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete allowlist identifier',
	description: 'Remove an identifier from the allowlist; users who signed up with it stay',
	request: 'DELETE /allowlist_identifiers/{identifier_id}',
	path: [
		locate('allowlistIdentifier', {
			required: true,
			description: 'The allowlist entry to delete',
		}),
	],
	notice: [
		'Removes the identifier from the allowlist: it can no longer sign up while sign-ups are restricted; users stay.',
		'This cannot be undone, but you can add it again. Dry Run shows whether it exists.',
	],
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
