import { defineOperation, one } from '../../engine/operation';
import { waitlistFields } from '../../fields/accessLists';
import { waitlistEntry } from '../../views/accessLists';

export const create = defineOperation({
	name: 'Create',
	value: 'create',
	action: 'Create waitlist entry',
	description:
		'Put an email address on the waitlist; one that is there already stays as it is, and is the output',
	request: 'POST /waitlist_entries',
	body: waitlistFields,
	returns: one(waitlistEntry),
});
