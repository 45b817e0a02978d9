import { labelled, listed } from './listed';
import { byId } from './modes';

/** Entries of the allowlist, the blocklist and the waitlist. */

const PARAMETER = 'identifierId';

export const allowlistIdentifier = listed({
	noun: 'allowlist identifier',
	displayName: 'Identifier',
	parameter: PARAMETER,
	...byId('alid_2NNEqL2nrIRd…'),
	method: 'searchAllowlist',
	title: 'the allowlist',
	path: '/allowlist_identifiers',
	query: { paginated: true },
	label: ({ identifier }) => String(identifier),
});

export const blocklistIdentifier = listed({
	noun: 'blocklist identifier',
	displayName: 'Identifier',
	parameter: PARAMETER,
	...byId('blid_2NNEqL2nrIRd…'),
	method: 'searchBlocklist',
	title: 'the blocklist',
	path: '/blocklist_identifiers',
	whole: true,
	label: ({ identifier }) => String(identifier),
});

export const waitlistEntry = listed({
	noun: 'waitlist entry',
	displayName: 'Waitlist Entry',
	parameter: 'waitlistEntryId',
	...byId('wle_2NNEqL2nrIRd…'),
	method: 'searchWaitlist',
	title: 'the waitlist',
	path: '/waitlist_entries',
	searchedBy: 'query',
	label: ({ email_address, status }) => labelled(email_address, status),
});
