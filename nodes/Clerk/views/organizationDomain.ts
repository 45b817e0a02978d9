import { deep, view } from '../engine/operation/view';

/** An email domain of an organization. `verification` is Clerk's old name for `affiliationVerification`. */
export const organizationDomain = view('organizationDomains', [
	'id',
	'name',
	'organizationId',
	'enrollmentMode',
	deep('ownershipVerification'),
	deep('affiliationVerification'),
	'affiliationEmailAddress',
	deep('verification'),
	'totalPendingInvitations',
	'totalPendingSuggestions',
	deep('publicOrganizationData'),
	'createdAt',
	'updatedAt',
]);
