import { view } from '../engine/operation/view';

/** `claims` keeps the keys that users chose. */
export const jwtTemplate = view('jwtTemplates', [
	'id',
	'object',
	'name',
	'claims',
	'lifetime',
	'allowedClockSkew',
	'customSigningKey',
	'signingAlgorithm',
	'createdAt',
	'updatedAt',
]);

/** A key set as in RFC 7517, which libraries accept unchanged. */
export const jwks = view('jwks', ['keys']);
