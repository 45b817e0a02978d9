import { defineOperation, list } from '../../engine/operation';
import { invitationStatus } from '../../fields/invitation';
import { locate } from '../../fields/locators';
import { orderedPaging } from '../../fields/paging';
import { orderBy } from '../../fields/sorting';
import { organizationInvitation } from '../../views/organizationInvitation';

export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many organization invitations',
	description: 'Get the invitations of an organization, except those that its domains created',
	request: 'GET /organizations/{organization_id}/invitations',
	path: [locate('organization', { required: true })],
	query: [
		{
			displayName: 'Email Address',
			name: 'emailAddress',
			type: 'string',
			default: '',
			kind: 'emailAddress',
			placeholder: 'e.g. ada@example.com',
			description: 'The full email address that was invited',
		},
		orderBy({ created_at: 'Created At', email_address: 'Email Address' }),
		invitationStatus,
	],
	returns: list(organizationInvitation, orderedPaging),
});
