import { defineOperation, one } from '../../engine/operation';
import { waitlistEntryId } from '../../fields/accessLists';
import { waitlistEntry } from '../../views/accessLists';

export const reject = defineOperation({
	name: 'Reject',
	value: 'reject',
	action: 'Reject waitlist entry',
	description: 'Mark a person on the waitlist as rejected; the entry stays',
	request: 'POST /waitlist_entries/{waitlist_entry_id}/reject',
	path: [waitlistEntryId],
	returns: one(waitlistEntry),
});
