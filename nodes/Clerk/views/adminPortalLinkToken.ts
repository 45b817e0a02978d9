import { view } from '../engine/operation/view';

const fields = [
	'id',
	'organizationId',
	'itContactId',
	'scopes',
	'expired',
	'expiration',
	'revoked',
	'revocationReason',
	'adminPortalLinkId',
	'instanceId',
	'createdAt',
	'updatedAt',
	'object',
];

export const adminPortalLinkToken = view('adminPortalLinkTokens', fields);

/** Only the response to Create includes the token itself. */
export const newAdminPortalLinkToken = view('adminPortalLinkTokens', ['token', ...fields]);
