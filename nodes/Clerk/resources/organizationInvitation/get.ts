import { defineOperation, one } from '../../engine/operation';
import { locate } from '../../fields/locators';
import { organizationInvitation } from '../../views/organizationInvitation';

export const get = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get organization invitation',
	description: 'Get one invitation of an organization',
	request: 'GET /organizations/{organization_id}/invitations/{invitation_id}',
	path: [
		locate('organization', { required: true }),
		locate('organizationInvitation', {
			wire: 'invitation_id',
			required: true,
			description: 'The invitation to get',
		}),
	],
	returns: one(organizationInvitation, { ifNotFound: true }),
});
