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

/** Clerk shows the token itself only once. */
export const newAdminPortalLinkToken = view('adminPortalLinkTokens', ['token', ...fields]);
