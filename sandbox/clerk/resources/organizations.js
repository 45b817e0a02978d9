'use strict';

const { badFormat, notFound, refuse, taken } = require('../errors');
const { all, inOrder, signedFilter, walk, withTotal } = require('../lists');
const { merged } = require('../metadata');
const { dropBilling } = require('../records/billing');
const { dropImage } = require('../records/image');
const { newMembership } = require('../records/membership');
const { newOrganization, presentOrganization } = require('../records/organization');
const { described } = require('../schemas');

/** @typedef {import('../state').State} State */
/** @typedef {import('../records/organization').OrganizationRow} OrganizationRow */
/** @typedef {Record<string, any>} Values */

/** @param {State} state @param {string} id */
function findOrganization(state, id) {
	const organization = state.organizations.get(id);
	if (!organization) throw notFound('organization', id);
	return organization;
}

/** Only reading takes a slug for the id. @param {State} state @param {string} idOrSlug */
const findByIdOrSlug = (state, idOrSlug) =>
	state.organizations.where('slug', idOrSlug)[0] ?? findOrganization(state, idOrSlug);

/** @param {State} state @param {OrganizationRow} organization @param {Partial<OrganizationRow>} changes */
const save = (state, organization, changes) =>
	presentOrganization(
		state,
		state.organizations.update(organization, { ...changes, updated_at: state.clock() }),
	);

/** @param {State} state @param {Values} body @param {OrganizationRow} [self] */
const slugRules = (state, { slug: wanted }, self) =>
	wanted && state.organizations.where('slug', wanted).some((other) => other !== self)
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

/** @param {State} state @param {Values} body */
function createOrganization(state, body) {
	const creator = body.created_by ?? undefined;
	const creatorRules =
		creator !== undefined && !state.users.get(creator)
			? [badFormat('created_by', 'is not the id of a user')]
			: [];
	refuse(...slugRules(state, body), ...creatorRules);
	const organization = newOrganization(state, {
		name: body.name,
		...settingsOf(body, [...SETTINGS, 'public_metadata', 'private_metadata', 'created_by']),
	});
	state.organizations.insert(organization);
	if (creator !== undefined) {
		const membership = { organization_id: organization.id, user_id: creator, role: 'org:admin' };
		state.memberships.insert(newMembership(state, membership));
	}
	return presentOrganization(state, organization);
}

/** @param {State} state @param {OrganizationRow} organization @param {Values} body */
function updateOrganization(state, organization, body) {
	refuse(...slugRules(state, body, organization));
	return save(state, organization, settingsOf(body, [...SETTINGS, 'admin_delete_enabled']));
}

/** @param {State} state @param {OrganizationRow} organization */
function deleteOrganization(state, organization) {
	const { id } = organization;
	for (const membership of state.memberships.where('organization_id', id)) {
		state.memberships.remove(membership);
	}
	for (const invitation of state.organizationInvitations.where('organization_id', id)) {
		state.organizationInvitations.remove(invitation);
	}
	for (const domain of state.organizationDomains.where('organization_id', id)) {
		state.organizationDomains.remove(domain);
	}
	for (const session of state.sessions.rows) {
		if (session.last_active_organization_id === id) session.last_active_organization_id = null;
	}
	dropImage(state, organization.image_id);
	dropBilling(state, id);
	state.organizations.remove(organization);
	return { object: 'organization', id, slug: organization.slug, deleted: true };
}

/** @param {State} state @param {OrganizationRow} organization */
const membersOf = (state, { id }) => state.memberships.where('organization_id', id);

/** @param {State} state @param {Values} query */
function listOrganizations(state, query) {
	const wanted = query.query?.toLowerCase();
	/** @type {((organization: OrganizationRow) => boolean)[]} */
	const filters = [
		...signedFilter(query.organization_id, (organization, id) => organization.id === id),
		...signedFilter(query.user_id, (/** @type {OrganizationRow} */ organization, id) =>
			membersOf(state, organization).some((member) => member.user_id === id),
		),
	];
	if (wanted !== undefined) {
		filters.push(
			(organization) =>
				organization.id === query.query ||
				organization.slug.includes(wanted) ||
				organization.name.toLowerCase().includes(wanted),
		);
	}
	return [...walk(ordered(state, query.order_by))].filter(all(filters));
}

/** @param {State} state @param {string} by */
function ordered(state, by) {
	const { organizations, memberships } = state;
	// Counts change without a write to the organizations, so their order cannot be remembered.
	if (!by.endsWith('members_count')) {
		return inOrder(organizations, by, { name: (organization) => organization.name.toLowerCase() });
	}
	const size = (/** @type {OrganizationRow} */ { id }) =>
		memberships.where('organization_id', id).length;
	const rows = [...organizations.rows].sort((a, b) => size(a) - size(b));
	return { rows, descending: by.startsWith('-') };
}

const routes = described({
	'GET /organizations': ({ state, query }) =>
		withTotal(listOrganizations(state, query), query, (organization) =>
			presentOrganization(state, organization, query),
		),
	'POST /organizations': ({ state, body }) => createOrganization(state, body),
	'GET /organizations/{organization_id}': ({ state, params, query }) =>
		presentOrganization(state, findByIdOrSlug(state, params.organization_id), query),
	'PATCH /organizations/{organization_id}': {
		updates: 'organization',
		respond: ({ state, params, body }) =>
			updateOrganization(state, findOrganization(state, params.organization_id), body),
	},
	'DELETE /organizations/{organization_id}': ({ state, params }) =>
		deleteOrganization(state, findOrganization(state, params.organization_id)),
	'PATCH /organizations/{organization_id}/metadata': {
		updates: 'organization',
		respond: ({ state, params, body }) => {
			const organization = findOrganization(state, params.organization_id);
			return save(state, organization, merged(organization, body));
		},
	},
	'PUT /organizations/{organization_id}/metadata': {
		updates: 'organization',
		respond: ({ state, params, body }) =>
			save(state, findOrganization(state, params.organization_id), body),
	},
});

module.exports = { findOrganization, routes, save };
