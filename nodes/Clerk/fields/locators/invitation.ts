import type { ClerkRecord, Locator, QueryValue } from '../../engine/operation';
import { labelled, listed } from './listed';
import { byId } from './modes';

const PENDING = { status: 'pending' };

const WHOLE_ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@.]+$/;

const label = ({ email_address, status }: ClerkRecord): string => labelled(email_address, status);

/** Returns a locator for invitations to the application. @param filters - sent with every search */
const toApplication = (
	method: string,
	title: string,
	filters: Record<string, QueryValue> = {},
): Locator =>
	listed({
		noun: 'invitation',
		displayName: 'Invitation',
		parameter: 'invitationId',
		...byId('inv_2NNEqL2nrIRd…'),
		method,
		title,
		path: '/invitations',
		query: { ...filters, paginated: true },
		searchedBy: 'query',
		label,
	});

export const invitation = toApplication('searchInvitations', 'invitations');

/** Only pending invitations, as no other can be revoked. */
export const pendingInvitation = toApplication(
	'searchPendingInvitations',
	'pending invitations',
	PENDING,
);

/**
 * Returns a locator for invitations to one organization, which the form has beside it.
 *
 * @param filters - sent with every search
 */
function toOrganization(
	method: string,
	title: string,
	filters: Record<string, QueryValue> = {},
): Locator {
	const listing = (query: Record<string, QueryValue>) =>
		listed({
			noun: 'organization invitation',
			displayName: 'Organization Invitation',
			parameter: 'organizationInvitationId',
			...byId('orginv_2NNEqL2nrIRd…'),
			method,
			title,
			path: '/organizations/{organization_id}/invitations',
			within: { organization_id: 'organizationId' },
			query: { ...filters, ...query },
			label,
		});
	const all = listing({});
	return {
		...all,
		search: {
			...all.search!,
			async run(query) {
				const { filter, page } = query;
				// Clerk finds whole addresses only; parts of one are searched for in the current page.
				if (filter && !page && WHOLE_ADDRESS.test(filter)) {
					const exact = await listing({ email_address: filter }).search!.run(query);
					if (exact.results.length > 0) return exact;
				}
				return await all.search!.run(query);
			},
		},
	};
}

export const organizationInvitation = toOrganization(
	'searchOrganizationInvitations',
	"the organization's invitations",
);

/** Only pending invitations, as no other can be revoked. */
export const pendingOrganizationInvitation = toOrganization(
	'searchPendingOrganizationInvitations',
	"the organization's pending invitations",
	PENDING,
);
