import { view } from '../engine/operation/view';

/** `claims` is what people wrote, and keeps its keys. */
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

/** A key set in the form of RFC 7517, which libraries take as it is. */
export const jwks = view('jwks', ['keys']);
