'use strict';

const { expiryOf, linkOf, statusOf } = require('./invitation');
const { imageOfOrganization } = require('./organization');
const { nameOfRole } = require('./role');
const { imageOf, primaryEmail, primaryPhone } = require('./user');

/**
 * @typedef {object} OrganizationInvitationRow
 * @property {string} id
 * @property {string} organization_id
 * @property {string} email_address
 * @property {string} role
 * @property {string | null} inviter_id
 * @property {string | null} redirect_url
 * @property {boolean} notify
 * @property {import('../metadata').Metadata} public_metadata
 * @property {import('../metadata').Metadata} private_metadata
 * @property {import('./invitation').InvitationStatus} status as stored
 * @property {number} expires_at
 * @property {number} created_at
 * @property {number} updated_at
 */

/**
 * @typedef {object} Given
 * @property {string} organization_id
 * @property {string} email_address
 * @property {string} role
 * @property {number | null} [expires_in_days]
 */

/**
 * @param {State} state
 * @param {Partial<OrganizationInvitationRow> & Given} fields
 * @returns {OrganizationInvitationRow}
 */
function newOrganizationInvitation(state, { expires_in_days: days, ...fields }) {
	const createdAt = fields.created_at ?? state.clock();
	return {
		inviter_id: null,
		redirect_url: null,
		notify: true,
		public_metadata: {},
		private_metadata: {},
		status: 'pending',
		expires_at: expiryOf(createdAt, days),
		created_at: createdAt,
		updated_at: createdAt,
		...fields,
		email_address: fields.email_address.toLowerCase(),
		id: state.newId('orginv', createdAt),
	};
}

/** @param {State} state @param {string | null} userId */
function publicInviterData(state, userId) {
	const user = userId === null ? undefined : state.users.get(userId);
	if (!user) return null;
	const { image_url, has_image } = imageOf(user);
	return {
		user_id: user.id,
		first_name: user.first_name,
		last_name: user.last_name,
		image_url,
		has_image,
		identifier: primaryEmail(user) ?? user.username ?? primaryPhone(user) ?? user.id,
	};
}

/** @param {State} state @param {OrganizationInvitationRow} invitation */
function presentOrganizationInvitation(state, invitation) {
	const { redirect_url, notify, ...shown } = invitation;
	const status = statusOf(state, invitation);
	return {
		object: 'organization_invitation',
		...shown,
		status,
		role_name: nameOfRole(state, invitation.role),
		public_inviter_data: publicInviterData(state, invitation.inviter_id),
		url: status === 'pending' ? linkOf(invitation.id, redirect_url) : null,
	};
}

/** As the lists show it that are not of one organization. @param {State} state @param {OrganizationInvitationRow} invitation */
function presentWithOrganization(state, invitation) {
	const organization = state.organizations.get(invitation.organization_id);
	return {
		...presentOrganizationInvitation(state, invitation),
		public_organization_data: organization && {
			id: organization.id,
			name: organization.name,
			slug: organization.slug,
			...imageOfOrganization(organization),
		},
	};
}

/** @param {State} state @param {string} organizationId */
const pendingInvitations = (state, organizationId) =>
	state.organizationInvitations
		.where('organization_id', organizationId)
		.filter((invitation) => statusOf(state, invitation) === 'pending');

module.exports = {
	newOrganizationInvitation,
	pendingInvitations,
	presentOrganizationInvitation,
	presentWithOrganization,
};
