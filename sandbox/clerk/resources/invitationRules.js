'use strict';

const { badValue, notFound, refusal, refuse } = require('../errors');
const { statusOf } = require('../records/invitation');
const { pendingInvitations } = require('../records/invitation');
const { roleOf } = require('./roles');

/** @param {string[]} emailAddresses */
const duplicates = (emailAddresses) =>
	refusal(
		400,
		'duplicate_record',
		`There are already pending invitations for the following email addresses: ${emailAddresses.join(', ')}`,
		{ email_addresses: emailAddresses },
	);

/** @param {string[]} emailAddresses */
const existing = (emailAddresses) =>
	refusal(
		422,
		'form_identifier_exists',
		`The following email addresses are already in use: ${emailAddresses.join(', ')}`,
		{ email_addresses: emailAddresses },
	);

/** @param {Values[]} bodies */
const addressesOf = (bodies) => bodies.map((body) => body.email_address.toLowerCase());

/** Those that are there already, or twice in the list itself. @param {string[]} values @param {(value: string) => boolean} isThere */
const repeated = (values, isThere) => [
	...new Set(values.filter((value, at) => isThere(value) || values.indexOf(value) !== at)),
];

/**
 * All of the invitations are made or none.
 *
 * @param {State} state
 * @param {Values[]} bodies
 * @param {Values[]} againstUsers those of them that may not be to somebody who has signed up
 */
function checkInvitations(state, bodies, againstUsers) {
	const known = addressesOf(againstUsers).filter(
		(address) => state.users.where('email_address', address).length > 0,
	);
	if (known.length > 0) throw existing(known);
	const strict = bodies.filter((body) => !body.ignore_existing);
	const twice = repeated(addressesOf(strict), (address) =>
		state.invitations
			.where('email_address', address)
			.some((invitation) => statusOf(state, invitation) === 'pending'),
	);
	if (twice.length > 0) throw duplicates(twice);
}

/** @param {State} state @param {string} organizationId @param {string} userId */
function requireAdmin(state, organizationId, userId) {
	if (!state.users.get(userId)) throw notFound('user', userId);
	const membership = membershipOf(state, organizationId, userId);
	const permissions = membership && roleOf(state, membership.role)?.permissions;
	if (!permissions?.includes('org:sys_memberships:manage')) {
		const message = 'Current user is not an administrator in the organization.';
		throw refusal(403, 'not_an_admin_in_organization', message);
	}
}

/** @param {State} state @param {string} organizationId @param {string} userId */
const membershipOf = (state, organizationId, userId) =>
	state.memberships
		.where('user_id', userId)
		.find((membership) => membership.organization_id === organizationId);

/** @param {State} state @param {string} role */
const roleRules = (state, role) =>
	roleOf(state, role) ? [] : [badValue('role', 'is not the key of a role of this instance')];

/** @param {string[]} members */
const alreadyMembers = (members) =>
	refusal(
		400,
		'already_a_member_in_organization',
		`Already a member of the organization: ${members.join(', ')}`,
	);

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

/**
 * All of the invitations are made or none.
 *
 * @param {State} state
 * @param {Row} organization
 * @param {Values[]} bodies
 */
function checkOrganizationInvitations(state, organization, bodies) {
	refuse(...bodies.flatMap((body) => roleRules(state, body.role)));
	for (const { inviter_user_id: inviter } of bodies) {
		if (inviter != null) requireAdmin(state, organization.id, inviter);
	}
	const addresses = addressesOf(bodies);
	const members = addresses.filter((address) =>
		state.users
			.where('email_address', address)
			.some((user) => membershipOf(state, organization.id, user.id)),
	);
	if (members.length > 0) throw alreadyMembers(members);
	const pending = pendingInvitations(state, organization.id).map((one) => one.email_address);
	const twice = repeated(addresses, (address) => pending.includes(address));
	if (twice.length > 0) throw duplicates(twice);
	checkPlaces(state, organization, bodies.length);
}

module.exports = {
	alreadyMembers,
	checkInvitations,
	checkOrganizationInvitations,
	checkPlaces,
	membershipOf,
	requireAdmin,
	roleRules,
};
