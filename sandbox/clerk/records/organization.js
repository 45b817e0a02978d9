'use strict';

/**
 * @typedef {object} OrganizationRow
 * @property {string} id
 * @property {string} name
 * @property {string} slug
 * @property {number} max_allowed_memberships
 * @property {boolean} admin_delete_enabled
 * @property {import('../metadata').Metadata} public_metadata
 * @property {import('../metadata').Metadata} private_metadata
 * @property {string} [created_by]
 * @property {string | null} role_set_key
 * @property {string | null} image_id
 * @property {number} created_at
 * @property {number} updated_at
 */

/** @param {string} name */
const slugify = (name) =>
	name
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, '-')
		.replace(/^-|-$/g, '') || 'organization';

/** @param {State} state @param {string} name */
function freeSlug(state, name) {
	const wanted = slugify(name);
	let slug = wanted;
	for (let copy = 2; state.organizations.where('slug', slug).length > 0; copy += 1) {
		slug = `${wanted}-${copy}`;
	}
	return slug;
}

/**
 * @param {State} state
 * @param {Partial<OrganizationRow> & { name: string }} fields
 * @returns {OrganizationRow}
 */
function newOrganization(state, fields) {
	const createdAt = fields.created_at ?? state.clock();
	return {
		slug: freeSlug(state, fields.name),
		max_allowed_memberships: 5,
		admin_delete_enabled: true,
		public_metadata: {},
		private_metadata: {},
		role_set_key: null,
		image_id: null,
		created_at: createdAt,
		updated_at: createdAt,
		...fields,
		id: state.newId('org', fields.created_at),
	};
}

/** @param {OrganizationRow} organization */
const imageOfOrganization = ({ id, image_id: imageId }) => ({
	image_url: `https://img.clerk.com/${imageId ?? id}`,
	has_image: imageId !== null,
});

/**
 * @param {State} state
 * @param {OrganizationRow} organization
 * @param {Record<string, unknown>} [include] the query's `include_…` flags
 */
function presentOrganization(state, organization, include = {}) {
	const { image_id, ...shown } = organization;
	const members = state.memberships.where('organization_id', organization.id);
	return {
		object: 'organization',
		...shown,
		...imageOfOrganization(organization),
		...(include.include_members_count === true && { members_count: members.length }),
		...(include.include_missing_member_with_elevated_permissions === true && {
			missing_member_with_elevated_permissions: !members.some(({ role }) => role === 'org:admin'),
		}),
	};
}

module.exports = { imageOfOrganization, newOrganization, presentOrganization };
