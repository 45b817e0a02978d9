import { defineOperation, one } from '../../engine/operation';
import { waitlistBatch, waitlistFields } from '../../fields/accessLists';
import { waitlistEntry } from '../../views/accessLists';

export const createMany = defineOperation({
	name: 'Create Many',
	value: 'createMany',
	action: 'Create many waitlist entries',
	description: 'Add many email addresses to the waitlist. Each input item is one address.',
	notice:
		'Each input item is one address. Clerk rejects a whole call of fifty if it contains an address twice.',
	request: 'POST /waitlist_entries/bulk',
	body: waitlistFields,
	batch: waitlistBatch,
	returns: one(waitlistEntry),
});
