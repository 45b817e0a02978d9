'use strict';

const { roleOf } = require('../resources/roles');
const { newRow } = require('./row');
const { imageOf, primaryEmail, primaryPhone } = require('./user');

/** Invitations to the application, and to organizations. */

const DAY = 86_400_000;

/** As stored; one that is past its date is expired. @param {State} state @param {Row} invitation */
const statusOf = (state, { status, expires_at: expiresAt }) =>
	status === 'pending' && expiresAt <= state.clock() ? 'expired' : status;

/** The link in the email. @param {Row} invitation */
const linkOf = ({ id, redirect_url: url }) =>
	`https://accounts.sandbox.example/v1/tickets/accept?ticket=${id}` +
	(url === null ? '' : `&redirect_url=${encodeURIComponent(url)}`);

/**
 * @param {State} state
 * @param {string} prefix
 * @param {Values} fields of which `null` is "not given"
 */
function newInvitationAs(state, prefix, { expires_in_days, email_address, ...fields }) {
	const { created_at = state.clock(), ...given } = fields;
	return newRow(state, prefix, {
		public_metadata: {},
		redirect_url: null,
		notify: true,
		status: 'pending',
		expires_at: created_at + (expires_in_days ?? 30) * DAY,
		created_at,
		...Object.fromEntries(Object.entries(given).filter(([, value]) => value != null)),
		email_address: email_address.toLowerCase(),
	});
}

/** @param {State} state @param {Values & { email_address: string }} fields */
const newInvitation = (state, fields) =>
	newInvitationAs(state, 'inv', { template_slug: 'invitation', ...fields });

/** @param {State} state @param {Values & { organization_id: string, email_address: string, role: string }} fields */
const newOrganizationInvitation = (state, fields) => ({
	private_metadata: {},
	inviter_id: null,
	...newInvitationAs(state, 'orginv', fields),
});

/** @param {State} state @param {Row} invitation */
function presentInvitation(state, invitation) {
	const status = statusOf(state, invitation);
	const url = status === 'pending' ? linkOf(invitation) : undefined;
	return { ...invitation, status, revoked: status === 'revoked', url };
}

/** @param {UserRow} user */
const publicInviterData = (user) => ({
	user_id: user.id,
	first_name: user.first_name,
	last_name: user.last_name,
	...imageOf(user),
	identifier: primaryEmail(user) ?? user.username ?? primaryPhone(user) ?? user.id,
});

/** @param {State} state @param {Row} invitation */
function presentOrganizationInvitation(state, invitation) {
	const inviter = state.users.get(invitation.inviter_id ?? '');
	const status = statusOf(state, invitation);
	return {
		...invitation,
		status,
		role_name: roleOf(state, invitation.role)?.name ?? invitation.role,
		public_inviter_data: inviter ? publicInviterData(inviter) : null,
		url: status === 'pending' ? linkOf(invitation) : null,
	};
}

/** @param {State} state @param {string} organizationId */
const pendingInvitations = (state, organizationId) =>
	state.organizationInvitations
		.where('organization_id', organizationId)
		.filter((invitation) => statusOf(state, invitation) === 'pending');

module.exports = {
	newInvitation,
	newOrganizationInvitation,
	pendingInvitations,
	presentInvitation,
	presentOrganizationInvitation,
	statusOf,
};
