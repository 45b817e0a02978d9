import { view } from '../engine/operation/view';

/** The state of the verification of an email address or a phone number. */
export const verification = view('verifications', [
	'id',
	'object',
	'status',
	'strategy',
	'attempts',
	'expireAt',
	'channel',
]);
