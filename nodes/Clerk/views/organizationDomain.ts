import { nested, view } from '../engine/operation/view';

/** An email domain of an organization. `verification` is Clerk's old name for `affiliationVerification`. */
export const organizationDomain = view('organizationDomains', [
	'id',
	'name',
	'organizationId',
	'enrollmentMode',
	nested('ownershipVerification'),
	nested('affiliationVerification'),
	'affiliationEmailAddress',
	nested('verification'),
	'totalPendingInvitations',
	'totalPendingSuggestions',
	nested('publicOrganizationData'),
	'createdAt',
	'updatedAt',
]);
