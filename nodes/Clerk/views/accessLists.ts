import { nested, view } from '../engine/operation/view';

/** Entries of the allowlist, the blocklist and the waitlist. */

export const allowlistIdentifier = view('allowlistIdentifiers', [
	'id',
	'object',
	'identifier',
	'identifierType',
	'invitationId',
	'instanceId',
	'createdAt',
	'updatedAt',
]);

export const blocklistIdentifier = view('blocklistIdentifiers', [
	'id',
	'object',
	'identifier',
	'identifierType',
	'instanceId',
	'createdAt',
	'updatedAt',
]);

export const waitlistEntry = view('waitlistEntries', [
	'id',
	'object',
	'emailAddress',
	'status',
	'isLocked',
	nested('invitation'),
	'createdAt',
	'updatedAt',
]);
