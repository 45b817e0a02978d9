'use strict';

const { badValue, notFound, refusal } = require('../errors');
const { statusOf } = require('../records/invitation');
const { membershipOf } = require('../records/membership');
const { roleOf } = require('./roles');

/** What refuses members of organizations, those that are invited included. */

/** @param {State} state @param {string} role */
const roleRules = (state, role) =>
	roleOf(state, role) ? [] : [badValue('role', 'is not the key of a role of this instance')];

/** @param {State} state @param {string} organizationId @param {string | null | undefined} userId */
function requireAdmin(state, organizationId, userId) {
	if (userId == null) return;
	if (!state.users.get(userId)) throw notFound('user', userId);
	const role = membershipOf(state, organizationId, userId)?.role;
	if (!roleOf(state, role)?.permissions.includes('org:sys_memberships:manage')) {
		const message = 'Current user is not an administrator in the organization.';
		throw refusal(403, 'not_an_admin_in_organization', message);
	}
}

/** @param {State} state @param {string} organizationId @param {UserRow[]} users */
function refuseMembers(state, organizationId, users) {
	const members = users.filter(({ id }) => membershipOf(state, organizationId, id));
	if (members.length === 0) return;
	const names = members.map(({ id }) => id).join(', ');
	const message = `Already a member of the organization: ${names}`;
	throw refusal(400, 'already_a_member_in_organization', message);
}

/** @param {State} state @param {string} organizationId @returns {Row[]} */
const pendingInvitations = (state, organizationId) =>
	state.organizationInvitations
		.where('organization_id', organizationId)
		.filter((invitation) => statusOf(state, invitation) === 'pending');

/**
 * Pending invitations take a place too; a limit of 0 is none.
 *
 * @param {State} state
 * @param {Row} organization
 * @param {number} newcomers
 */
function checkPlaces(state, { id, max_allowed_memberships: limit }, newcomers) {
	const members = state.memberships.where('organization_id', id).length;
	const places = members + pendingInvitations(state, id).length + newcomers;
	if (limit === 0 || places <= limit) return;
	const message = `You have reached your limit of ${limit} organization memberships, including outstanding invitations.`;
	throw refusal(403, 'organization_membership_quota_exceeded', message);
}

module.exports = { checkPlaces, pendingInvitations, refuseMembers, requireAdmin, roleRules };
