import { defineOperation, list } from '../../engine/operation';
import { invitationStatus } from '../../fields/invitation';
import { orderedPaging } from '../../fields/paging';
import { orderBy } from '../../fields/sorting';
import { organizationInvitation } from '../../views/organizationInvitation';

export const getAllInInstance = defineOperation({
	name: 'Get Many in All Organizations',
	value: 'getAllInInstance',
	action: 'Get many organization invitations in all organizations',
	description: 'Get the invitations of every organization of the instance',
	request: 'GET /organization_invitations',
	query: [
		orderBy({ created_at: 'Created At', email_address: 'Email Address' }),
		{
			displayName: 'Search',
			name: 'query',
			type: 'string',
			default: '',
			description: 'Text to find in the invited email addresses',
		},
		invitationStatus,
	],
	returns: list(organizationInvitation, orderedPaging),
});
