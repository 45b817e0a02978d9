import { deep, view } from '../engine/operation/view';

/** Who may sign up, who may not, and who waits. */

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
	deep('invitation'),
	'createdAt',
	'updatedAt',
]);
