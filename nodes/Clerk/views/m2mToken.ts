import { view } from '../engine/operation/view';

const fields = [
	'subject',
	'scopes',
	'claims',
	'revoked',
	'revocationReason',
	'expired',
	'expiration',
	'lastUsedAt',
	'createdAt',
	'updatedAt',
];

export const m2mToken = view('m2mTokens', ['id', ...fields]);

/** A new token: the response to Create includes the token itself. */
export const newM2mToken = view('m2mTokens', ['id', 'token', ...fields]);
