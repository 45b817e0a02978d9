import { defineOperation, list } from '../../engine/operation';
import { orderedPaging } from '../../fields/paging';
import { orderBy } from '../../fields/sorting';
import { waitlistEntry } from '../../views/accessLists';

export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many waitlist entries',
	description: 'Get the entries of the waitlist that match the filters you add',
	request: 'GET /waitlist_entries',
	query: [
		orderBy({
			created_at: 'Created At',
			email_address: 'Email Address',
			invited_at: 'Invited At',
		}),
		{
			displayName: 'Search',
			name: 'query',
			type: 'string',
			default: '',
			description: 'Text to find in the email addresses, or an entry ID',
		},
		{
			displayName: 'Status',
			name: 'status',
			type: 'options',
			options: [
				{ name: 'Completed', value: 'completed' },
				{ name: 'Invited', value: 'invited' },
				{ name: 'Pending', value: 'pending' },
				{ name: 'Rejected', value: 'rejected' },
			],
			default: 'pending',
			description: 'Only entries with this status',
		},
	],
	returns: list(waitlistEntry, orderedPaging),
});
