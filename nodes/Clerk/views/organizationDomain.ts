import { deep, view } from '../engine/operation/view';

/** An e-mail domain of an organization. `verification` is Clerk's old name for the affiliation's. */
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
