import { defineOperation, one } from '../../engine/operation';
import { waitlistBatch, waitlistFields } from '../../fields/accessLists';
import { waitlistEntry } from '../../views/accessLists';

export const createMany = defineOperation({
	name: 'Create Many',
	value: 'createMany',
	action: 'Create many waitlist entries',
	description:
		'Put a list of e-mail addresses on the waitlist: each input item is one address, and fifty go in one call. Clerk refuses a call that has an address twice.',
	request: 'POST /waitlist_entries/bulk',
	body: waitlistFields,
	batch: waitlistBatch,
	returns: one(waitlistEntry),
});
