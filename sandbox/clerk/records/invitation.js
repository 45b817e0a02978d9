'use strict';

const { newRow } = require('../table');

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

/** What follows from the fields of both. @param {Row} invitation @param {State} state */
function present(invitation, state) {
	const status = statusOf(state, invitation);
	const url = status === 'pending' ? linkOf(invitation) : undefined;
	return { status, revoked: status === 'revoked', url };
}

module.exports = { newInvitation, newOrganizationInvitation, present, statusOf };
