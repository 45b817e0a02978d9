import { view } from '../engine/operation/view';

/** How far it is proven that an e-mail address or a phone number is the user's. */
export const verification = view('verifications', [
	'id',
	'object',
	'status',
	'strategy',
	'attempts',
	'expireAt',
	'channel',
]);
