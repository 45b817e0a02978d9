import { view } from '../engine/operation/view';

const fields = [
	'id',
	'name',
	'description',
	'type',
	'subject',
	'scopes',
	'claims',
	'revoked',
	'revocationReason',
	'expired',
	'expiration',
	'lastUsedAt',
	'createdBy',
	'createdAt',
	'updatedAt',
];

export const apiKey = view('apiKeys', fields);

/** A new key: the response to Create includes its secret. */
export const newApiKey = view('apiKeys', ['id', 'name', 'secret', ...fields.slice(2)]);

export const apiKeySecret = view('apiKeySecrets', ['secret']);
