import { defineOperation, list } from '../../engine/operation';
import { locate } from '../../fields/locators';
import { dataPaging } from '../../fields/paging';
import { organizationInvitation } from '../../views/organizationInvitation';

export const getPending = defineOperation({
	name: 'Get Pending (Deprecated)',
	value: 'getPending',
	action: 'Get pending organization invitations',
	description: 'Deprecated by Clerk: use Get Many with the Status filter',
	request: 'GET /organizations/{organization_id}/invitations/pending',
	path: [locate('organization', { required: true })],
	returns: list(organizationInvitation, dataPaging),
});
