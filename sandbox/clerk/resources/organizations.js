'use strict';

const { badFormat, notFound, refuse, taken } = require('../errors');
const { signed } = require('../lists');
const { metadataRoutes } = require('../metadata');
const { clearImage, dropImage, setImage } = require('../records/image');
const { newMembership } = require('../records/membership');
const { newOrganization, presentOrganization } = require('../records/organization');
const { leaveOrganization } = require('../records/session');
const { defineResource } = require('../resource');
const { removeWhere } = require('../table');
const { billingOf, dropBilling } = require('./billing');

/** @param {State} state @param {string} id */
function findOrganization(state, id) {
	const organization = state.organizations.get(id);
	if (!organization) throw notFound('organization', id);
	return organization;
}

/** @param {Call} call */
const slugRules = ({ state, row, body: { slug: wanted } }) =>
	wanted && state.organizations.where('slug', wanted).some((other) => other !== row)
		? [taken('slug')]
		: [];

/** `null` stands for "not given" in every field of an organization. @param {Values} body @param {string[]} names */
const settingsOf = (body, names) => ({
	...Object.fromEntries(
		names.filter((field) => body[field] != null).map((field) => [field, body[field]]),
	),
	...(body.created_at && { created_at: Date.parse(body.created_at) }),
});

const SETTINGS = ['name', 'slug', 'max_allowed_memberships', 'role_set_key'];

/** @param {Call} call */
function create(call) {
	const { state, body } = call;
	const creator = body.created_by ?? undefined;
	const isUnknown = creator !== undefined && !state.users.get(creator);
	const unknown = isUnknown ? [badFormat('created_by', 'is not the id of a user')] : [];
	refuse(...slugRules(call), ...unknown);
	const organization = newOrganization(state, {
		name: body.name,
		...settingsOf(body, [...SETTINGS, 'public_metadata', 'private_metadata', 'created_by']),
	});
	state.organizations.insert(organization);
	if (creator !== undefined) {
		const membership = { organization_id: organization.id, user_id: creator, role: 'org:admin' };
		state.memberships.insert(newMembership(state, membership));
	}
	return organization;
}

/** @param {Call} call */
function update(call) {
	refuse(...slugRules(call));
	return call.save(settingsOf(call.body, [...SETTINGS, 'admin_delete_enabled']));
}

/** @param {Row} organization @param {State} state */
function removing({ id, slug, image_id: image }, state) {
	const { memberships, organizationInvitations, organizationDomains, sessions } = state;
	removeWhere([memberships, organizationInvitations, organizationDomains], 'organization_id', id);
	leaveOrganization(sessions.rows, id);
	dropImage(state, image);
	dropBilling(state, id);
	return { slug };
}

/** @param {State} state @param {Row} organization */
const membersOf = (state, { id }) => state.memberships.where('organization_id', id);

const ORGANIZATION = '/organizations/{organization_id}';

const organizations = defineResource({
	path: '/organizations',
	table: 'organizations',
	// Only reading takes a slug for the id.
	isNamed: ({ id, slug }, name, method) => id === name || (method === 'GET' && slug === name),
	present: (row, state, query) => presentOrganization(state, row, query),
	removing,
	search: ['name', 'slug'],
	filters: {
		organization_id: (wanted) => signed(wanted, ({ id }, one) => id === one),
		user_id: (wanted, state) =>
			signed(wanted, (row, id) => membersOf(state, row).some((member) => member.user_id === id)),
	},
	orders: { members_count: (row, state) => membersOf(state, row).length },
	routes: {
		'POST /organizations': create,
		[`PATCH ${ORGANIZATION}`]: { updates: 'organization', respond: update },
		...metadataRoutes(ORGANIZATION, 'organization'),
		[`PUT ${ORGANIZATION}/logo`]: (call) => {
			const shown = organizations.show(call.state, setImage(call, 'image_id'));
			return { ...shown, logo_url: shown.image_url };
		},
		[`DELETE ${ORGANIZATION}/logo`]: (call) => clearImage(call, 'image_id'),
		...billingOf(ORGANIZATION, 'org'),
	},
});

module.exports = { findOrganization, organizations, routes: organizations.routes };
