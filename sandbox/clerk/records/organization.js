'use strict';

const { newRow } = require('../table');

/** The name as a slug that no other organization has. @param {State} state @param {string} name */
function freeSlug(state, name) {
	const words = name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
	const wanted = words.replace(/^-|-$/g, '') || 'organization';
	let slug = wanted;
	for (let copy = 2; state.organizations.where('slug', slug).length > 0; copy += 1) {
		slug = `${wanted}-${copy}`;
	}
	return slug;
}

/** @param {State} state @param {Values & { name: string }} fields */
const newOrganization = (state, fields) =>
	newRow(state, 'organizations', 'org', { slug: freeSlug(state, fields.name), ...fields });

/** @param {Row} organization */
const imageOfOrganization = ({ id, image_id: imageId }) => ({
	image_url: `https://img.clerk.com/${imageId ?? id}`,
	has_image: imageId !== null,
});

/** What records show that belong to an organization. @param {State} state @param {string} id */
function publicOrganizationData(state, id) {
	const organization = state.organizations.get(id);
	return organization && { ...organization, ...imageOfOrganization(organization) };
}

/** @param {State} state @param {Row} organization @param {Values} [include] `include_…` flags */
function presentOrganization(state, { image_id, ...shown }, include = {}) {
	const members = state.memberships.where('organization_id', shown.id);
	return {
		object: 'organization',
		...shown,
		...imageOfOrganization({ id: shown.id, image_id }),
		...(include.include_members_count === true && { members_count: members.length }),
		...(include.include_missing_member_with_elevated_permissions === true && {
			missing_member_with_elevated_permissions: !members.some(({ role }) => role === 'org:admin'),
		}),
	};
}

module.exports = { newOrganization, presentOrganization, publicOrganizationData };
