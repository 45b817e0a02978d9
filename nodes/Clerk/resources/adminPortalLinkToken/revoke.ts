import { defineOperation, one } from '../../engine/operation';
import { locate } from '../../fields/locators';
import { adminPortalLinkToken } from '../../views/adminPortalLinkToken';

export const revoke = defineOperation({
	name: 'Revoke',
	value: 'revoke',
	action: 'Revoke admin portal link token',
	description: 'Revoke a token, so that its link no longer works',
	request: 'POST /admin_portal_link_tokens/{adminPortalLinkTokenID}/revoke',
	path: [
		locate('adminPortalLinkToken', {
			wire: 'adminPortalLinkTokenID',
			required: true,
			description: 'The token to revoke, by the ID that Create returned',
		}),
	],
	body: [
		{
			displayName: 'Revocation Reason',
			name: 'revocationReason',
			type: 'string',
			default: '',
			nullable: true,
			description: 'Why you revoke it; stored with the token',
		},
	],
	notice: 'Ends the token: its link no longer works. This cannot be undone.',
	returns: one(adminPortalLinkToken),
});
