'use strict';

const { ClerkError, missing, notFound, refusal } = require('../errors');

const TYPES = ['image/jpeg', 'image/png', 'image/gif', 'image/webp'];
const MOST_BYTES = 10 * 1024 * 1024;

/** @param {Values} form */
function imageIn({ file }) {
	if (file === undefined || typeof file === 'string') throw new ClerkError(400, [missing('file')]);
	if (!TYPES.includes(file.type)) {
		const message = `Image type ${file.type} is not supported. It must be one of ${TYPES.join(', ')}.`;
		throw refusal(400, 'image_type_not_supported', message, { param_name: 'file' });
	}
	if (file.bytes.length > MOST_BYTES) {
		const message = 'The image being uploaded is more than 10MB. Please choose a smaller one.';
		throw refusal(413, 'image_too_large', message, { param_name: 'file' });
	}
	return file;
}

/** @param {State} state @param {string | null} id */
function dropImage(state, id) {
	const image = id === null ? undefined : state.images.get(id);
	if (image) state.images.remove(image);
}

/** Keeps an image that was sent, whose id a field of the row has; the one before is gone. @param {Call} call @param {string} field */
function setImage({ state, row, body, save }, field) {
	const { uploader_user_id: uploader = null } = body;
	const image = imageIn(body);
	if (uploader && !state.users.get(uploader)) throw notFound('user', uploader);
	const fields = { ...image, uploader_user_id: uploader, created_at: state.clock() };
	const { id } = state.images.insert({ id: state.newId('img'), ...fields });
	dropImage(state, row[field]);
	return save({ [field]: id });
}

/** @param {Call} call @param {string} field */
function clearImage({ state, row, save }, field) {
	if (row[field] === null) throw refusal(404, 'image_not_found', 'There is no image to delete.');
	dropImage(state, row[field]);
	return save({ [field]: null });
}

module.exports = { clearImage, dropImage, setImage };
