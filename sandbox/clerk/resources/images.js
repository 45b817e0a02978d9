'use strict';

const { dropImage, imageNotFound, storeImage } = require('../records/image');
const { described } = require('../schemas');
const { findOrganization, save: saveOrganization } = require('./organizations');
const { findUser, save: saveUser } = require('./userWrites');

/** @typedef {import('../state').State} State */
/** @typedef {import('../records/user').UserRow} UserRow */
/** @typedef {import('../records/organization').OrganizationRow} OrganizationRow */

/** The image before is gone. @param {State} state @param {UserRow} user @param {string | null} id */
function setProfileImage(state, user, id) {
	dropImage(state, user.profile_image_id);
	return saveUser(state, user, { profile_image_id: id });
}

/** @param {State} state @param {OrganizationRow} organization @param {string | null} id */
function setLogo(state, organization, id) {
	dropImage(state, organization.image_id);
	return saveOrganization(state, organization, { image_id: id });
}

module.exports = described({
	'POST /users/{user_id}/profile_image': ({ state, params, body }) => {
		const user = findUser(state, params.user_id);
		return setProfileImage(state, user, storeImage(state, body).id);
	},
	'DELETE /users/{user_id}/profile_image': ({ state, params }) => {
		const user = findUser(state, params.user_id);
		if (user.profile_image_id === null) throw imageNotFound();
		return setProfileImage(state, user, null);
	},
	'PUT /organizations/{organization_id}/logo': ({ state, params, body }) => {
		const organization = findOrganization(state, params.organization_id);
		if (body.uploader_user_id) findUser(state, body.uploader_user_id);
		const shown = setLogo(state, organization, storeImage(state, body).id);
		return { ...shown, logo_url: shown.image_url };
	},
	'DELETE /organizations/{organization_id}/logo': ({ state, params }) => {
		const organization = findOrganization(state, params.organization_id);
		if (organization.image_id === null) throw imageNotFound();
		return setLogo(state, organization, null);
	},
});
