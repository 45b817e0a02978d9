import { defineOperation, one } from '../../engine/operation';
import { waitlistEntryId } from '../../fields/accessLists';
import { deleted } from '../../views/general';

export const deleteWaitlistEntry = defineOperation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete waitlist entry',
	description: 'Remove a pending email address from the waitlist',
	request: 'DELETE /waitlist_entries/{waitlist_entry_id}',
	path: [waitlistEntryId],
	notice: [
		'Permanently deletes the entry and its place on the waitlist. Only pending entries can be deleted; the person is not notified.',
		'This cannot be undone. Dry Run shows whether it exists.',
	],
	destroys: [
		{
			name: 'waitlistEntries',
			path: '/waitlist_entries',
			query: { query: '{waitlist_entry_id}', limit: 1 },
		},
	],
	returns: one(deleted, { ifNotFound: true }),
});
