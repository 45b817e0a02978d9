import { defineOperation, one } from '../../engine/operation';
import { waitlistFields } from '../../fields/accessLists';
import { waitlistEntry } from '../../views/accessLists';

export const create = defineOperation({
	name: 'Create',
	value: 'create',
	action: 'Create waitlist entry',
	description: 'Add an email address to the waitlist; an existing entry is returned unchanged',
	request: 'POST /waitlist_entries',
	body: waitlistFields,
	returns: one(waitlistEntry),
});
