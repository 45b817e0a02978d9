import { defineOperation, one } from '../../engine/operation';
import { expiresIn } from '../../fields/adminPortalLinkToken';
import { locate } from '../../fields/locators';
import { newAdminPortalLinkToken } from '../../views/adminPortalLinkToken';

export const create = defineOperation({
	name: 'Create',
	value: 'create',
	action: 'Create admin portal link token',
	description:
		"Create a one-time link to the portal where a customer's IT sets up sign-in and provisioning",
	notice: 'The link works once, and only this output shows it.',
	request: 'POST /admin_portal_link_tokens',
	body: [
		locate('organization', { description: 'The organization that the link is for' }),
		{
			displayName: 'IT Contact ID',
			name: 'itContactId',
			type: 'string',
			default: '',
			description: 'Your reference for the person who gets the link',
		},
		{
			displayName: 'Scopes',
			name: 'scopes',
			type: 'string',
			default: '',
			description: 'What the link allows, separated by commas',
			encode: 'list',
		},
		expiresIn,
	],
	returns: one(newAdminPortalLinkToken),
});
