'use strict';

const { ClerkError, found, missing, refuseIf } = require('../errors');

const TYPES = ['image/jpeg', 'image/png', 'image/gif', 'image/webp'];
const MOST_BYTES = 10 * 1024 * 1024;

/** @param {Values} form */
function imageIn({ file }) {
	if (file === undefined || typeof file === 'string') throw new ClerkError(400, [missing('file')]);
	const about = { param_name: 'file', type: file.type, types: TYPES };
	refuseIf(!TYPES.includes(file.type), 'image_type_not_supported', about);
	refuseIf(file.bytes.length > MOST_BYTES, 'image_too_large', about);
	return file;
}

/** @param {State} state @param {string | null} id */
function dropImage(state, id) {
	const image = id === null ? undefined : state.images.get(id);
	if (image) state.images.remove(image);
}

/** Replaces the image whose id a field of the row has. @param {Call} call @param {string} field */
function setImage({ state, row, body, save }, field) {
	const { uploader_user_id: uploader = null } = body;
	const image = imageIn(body);
	if (uploader) found(state.users.get(uploader), 'user', uploader);
	const fields = { ...image, uploader_user_id: uploader, created_at: state.clock() };
	const { id } = state.images.insert({ id: state.newId('img'), ...fields });
	dropImage(state, row[field]);
	return save({ [field]: id });
}

/** @param {Call} call @param {string} field */
function clearImage({ state, row, save }, field) {
	refuseIf(row[field] === null, 'image_not_found');
	dropImage(state, row[field]);
	return save({ [field]: null });
}

module.exports = { clearImage, dropImage, setImage };
