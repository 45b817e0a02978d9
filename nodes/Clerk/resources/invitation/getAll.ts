import { defineOperation, list } from '../../engine/operation';
import { invitationStatus } from '../../fields/invitation';
import { paginatedOrderedPaging } from '../../fields/paging';
import { orderBy } from '../../fields/sorting';
import { invitation } from '../../views/invitation';

export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many invitations',
	description: 'Get the invitations to your application; revoked ones only with the filter Status',
	request: 'GET /invitations',
	query: [
		orderBy({
			created_at: 'Created At',
			email_address: 'Email Address',
			expires_at: 'Expires At',
		}),
		{
			displayName: 'Search',
			name: 'query',
			type: 'string',
			default: '',
			description: 'Text to look for in the email addresses, or the ID of an invitation',
		},
		invitationStatus,
	],
	returns: list(invitation, paginatedOrderedPaging),
});
