import { defineOperation, one } from '../../engine/operation';
import { waitlistBatch, waitlistFields } from '../../fields/accessLists';
import { waitlistEntry } from '../../views/accessLists';

export const createMany = defineOperation({
	name: 'Create Many',
	value: 'createMany',
	action: 'Create many waitlist entries',
	description: 'Put many email addresses on the waitlist. Each input item is one address.',
	notice:
		'Each input item is one address. Clerk refuses a whole call of fifty for an address that is in it twice.',
	request: 'POST /waitlist_entries/bulk',
	body: waitlistFields,
	batch: waitlistBatch,
	returns: one(waitlistEntry),
});
