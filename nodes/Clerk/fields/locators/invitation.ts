import type { ClerkRecord } from '../../engine/operation';
import { labelled, listed } from './listed';
import { byId } from './modes';

const label = ({ email_address, status }: ClerkRecord): string => labelled(email_address, status);

/** To the application; Clerk looks into address and ID. */
export const invitation = listed({
	noun: 'invitation',
	displayName: 'Invitation',
	parameter: 'invitationId',
	idMode: byId('inv_2NNEqL2nrIRdJ194ndJqAHwEfxC'),
	method: 'searchInvitations',
	title: 'invitations',
	path: '/invitations',
	query: { paginated: true },
	searchedBy: 'query',
	label,
});

/** To one organization, which the form names beside it; Clerk finds whole addresses only there. */
export const organizationInvitation = listed({
	noun: 'organization invitation',
	displayName: 'Organization Invitation',
	parameter: 'organizationInvitationId',
	idMode: byId('orginv_2NNEqL2nrIRdJ194ndJqAHwEfxC'),
	method: 'searchOrganizationInvitations',
	title: "the organization's invitations",
	path: '/organizations/{organization_id}/invitations',
	within: { organization_id: 'organizationId' },
	label,
});
