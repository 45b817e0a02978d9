'use strict';

const DAY = 86_400_000;

/** @typedef {'pending' | 'accepted' | 'revoked' | 'expired'} InvitationStatus */

/**
 * @typedef {object} InvitationRow to the application
 * @property {string} id
 * @property {string} email_address
 * @property {import('../metadata').Metadata} public_metadata
 * @property {string | null} redirect_url
 * @property {boolean} notify
 * @property {string} template_slug
 * @property {InvitationStatus} status as stored: one that is past its date is still `pending` here
 * @property {number} expires_at
 * @property {number} created_at
 * @property {number} updated_at
 */

/** @param {State} state @param {{ status: InvitationStatus, expires_at: number }} invitation */
const statusOf = (state, { status, expires_at: expiresAt }) =>
	status === 'pending' && expiresAt <= state.clock() ? 'expired' : status;

/** The link in the email. @param {string} id @param {string | null} redirectUrl */
const linkOf = (id, redirectUrl) => {
	const redirect = redirectUrl === null ? '' : `&redirect_url=${encodeURIComponent(redirectUrl)}`;
	return `https://accounts.sandbox.example/v1/tickets/accept?ticket=${id}${redirect}`;
};

/** @param {number} from @param {number | null} [days] */
const expiryOf = (from, days) => from + (days ?? 30) * DAY;

/**
 * @param {State} state
 * @param {Partial<InvitationRow> & { email_address: string, expires_in_days?: number | null }} fields
 * @returns {InvitationRow}
 */
function newInvitation(state, { expires_in_days: days, ...fields }) {
	const createdAt = fields.created_at ?? state.clock();
	return {
		public_metadata: {},
		redirect_url: null,
		notify: true,
		template_slug: 'invitation',
		status: 'pending',
		expires_at: expiryOf(createdAt, days),
		created_at: createdAt,
		updated_at: createdAt,
		...fields,
		email_address: fields.email_address.toLowerCase(),
		id: state.newId('inv', createdAt),
	};
}

/** @param {State} state @param {InvitationRow} invitation */
function presentInvitation(state, invitation) {
	const { redirect_url, notify, template_slug, ...shown } = invitation;
	const status = statusOf(state, invitation);
	return {
		object: 'invitation',
		...shown,
		status,
		revoked: status === 'revoked',
		...(status === 'pending' && { url: linkOf(invitation.id, redirect_url) }),
	};
}

module.exports = { expiryOf, linkOf, newInvitation, presentInvitation, statusOf };
