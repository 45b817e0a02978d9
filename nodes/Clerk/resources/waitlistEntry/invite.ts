import { defineOperation, one } from '../../engine/operation';
import { waitlistEntryId } from '../../fields/accessLists';
import { waitlistEntry } from '../../views/accessLists';

export const invite = defineOperation({
	name: 'Invite',
	value: 'invite',
	action: 'Invite waitlist entry',
	description: 'Email a person on the waitlist an invitation to sign up',
	request: 'POST /waitlist_entries/{waitlist_entry_id}/invite',
	path: [waitlistEntryId],
	body: [
		{
			displayName: 'Ignore Existing',
			name: 'ignoreExisting',
			type: 'boolean',
			default: true,
			nullable: true,
			description: 'Whether to invite even if the address was already invited or belongs to a user',
		},
	],
	returns: one(waitlistEntry),
});
