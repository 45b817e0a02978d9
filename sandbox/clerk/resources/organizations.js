'use strict';

const { badFormat, found, refuse } = require('../errors');
const { signed } = require('../lists');
const { metadataRoutes } = require('../metadata');
const { clearImage, dropImage, setImage } = require('../records/image');
const { membershipOf, newMembership } = require('../records/membership');
const { newOrganization, presentOrganization } = require('../records/organization');
const { leaveOrganization } = require('../records/session');
const { defineResource, together } = require('../resource');
const { removeWhere } = require('../table');
const { billingOf, dropBilling } = require('./billing');
const { withoutNull } = require('../values');

/** @param {State} state @param {string} id */
const findOrganization = (state, id) => found(state.organizations.get(id), 'organization', id);

const ORGANIZATION = '/organizations/{organization_id}';

const organizations = defineResource({
	path: '/organizations',
	table: 'organizations',
	// Only reading takes a slug for the id.
	isNamed: ({ id, slug }, name, method) => id === name || (method === 'GET' && slug === name),
	present: (row, state, query) => presentOrganization(state, row, query),
	removing({ id, slug, image_id: image }, state) {
		const { memberships, organizationInvitations, organizationDomains, sessions } = state;
		removeWhere([memberships, organizationInvitations, organizationDomains], 'organization_id', id);
		leaveOrganization(sessions.rows, id);
		dropImage(state, image);
		dropBilling(state, id);
		return { slug };
	},
	unique: ['slug'],
	fields({ body }) {
		const { created_at: at, ...own } = withoutNull(body);
		return { ...own, ...(at && { created_at: Date.parse(at) }) };
	},
	search: ['name', 'slug'],
	filters: {
		organization_id: (wanted) => signed(wanted, ({ id }, one) => id === one),
		user_id: (wanted, state) =>
			signed(wanted, (row, id) => membershipOf(state, row.id, id) !== undefined),
	},
	orders: {
		members_count: ({ id }, state) => state.memberships.where('organization_id', id).length,
	},
	routes: {
		'POST /organizations': ({ state, body: { created_by: user_id }, fields }) => {
			const isUnknown = user_id && !state.users.get(user_id);
			refuse(isUnknown && badFormat('created_by', 'is not the id of a user'));
			const organization = newOrganization(state, /** @type {any} */ (fields()));
			state.organizations.insert(organization);
			const membership = { organization_id: organization.id, user_id, role: 'org:admin' };
			if (user_id) state.memberships.insert(newMembership(state, membership));
			return organization;
		},
		[`PATCH ${ORGANIZATION}`]: { updates: 'organization' },
		...metadataRoutes(ORGANIZATION, 'organization'),
		[`PUT ${ORGANIZATION}/logo`]: (call) => {
			const shown = organizations.show(call.state, setImage(call, 'image_id'));
			return { ...shown, logo_url: shown.image_url };
		},
		[`DELETE ${ORGANIZATION}/logo`]: (call) => clearImage(call, 'image_id'),
		...billingOf(ORGANIZATION, 'org'),
	},
});

module.exports = { findOrganization, ...together({ organizations }) };
