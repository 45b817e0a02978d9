'use strict';

const { newRow } = require('../table');
const { pickBy } = require('../values');

/** Invitations to the application, and to organizations. */

const DAY = 86_400_000;

/** As stored; one that is past its date is expired. @param {State} state @param {Row} invitation */
const statusOf = (state, { status, expires_at: expiresAt }) =>
	status === 'pending' && expiresAt <= state.clock() ? 'expired' : status;

/** The link in the email. @param {Row} invitation */
const linkOf = ({ id, redirect_url: url }) =>
	`https://accounts.sandbox.example/v1/tickets/accept?ticket=${id}` +
	(url === null ? '' : `&redirect_url=${encodeURIComponent(url)}`);

/** Null is "not given". @type {(table: string, prefix: string) => (state: State, fields: Values) => any} */
const invitationIn =
	(table, prefix) =>
	(state, { expires_in_days, email_address, created_at = state.clock(), ...fields }) =>
		newRow(state, table, prefix, {
			expires_at: created_at + (expires_in_days ?? 30) * DAY,
			created_at,
			...pickBy(fields, (value) => value != null),
			email_address: email_address.toLowerCase(),
		});

const newInvitation = invitationIn('invitations', 'inv');
const newOrganizationInvitation = invitationIn('organizationInvitations', 'orginv');

/** What follows from the fields of both. @param {Row} invitation @param {State} state */
function present(invitation, state) {
	const status = statusOf(state, invitation);
	const url = status === 'pending' ? linkOf(invitation) : undefined;
	return { status, revoked: status === 'revoked', url };
}

module.exports = { newInvitation, newOrganizationInvitation, present, statusOf };
