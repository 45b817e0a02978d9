import { defineOperation, list } from '../../engine/operation';
import { invitationStatus } from '../../fields/invitation';
import { paginatedOrderedPaging } from '../../fields/paging';
import { orderBy } from '../../fields/sorting';
import { invitation } from '../../views/invitation';

export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many invitations',
	description: 'Get the invitations to your application. For revoked ones, use the Status filter.',
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
			description: 'Text to find in the email addresses, or an invitation ID',
		},
		invitationStatus,
	],
	returns: list(invitation, paginatedOrderedPaging),
});
