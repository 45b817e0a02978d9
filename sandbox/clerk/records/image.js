'use strict';

const { refusal, missing, ClerkError } = require('../errors');

/**
 * @typedef {object} ImageRow
 * @property {string} id
 * @property {string} filename
 * @property {string} type
 * @property {Buffer} bytes
 * @property {string | null} uploader_user_id
 * @property {number} created_at
 */

/** @typedef {import('../state').State} State */

const TYPES = ['image/jpeg', 'image/png', 'image/gif', 'image/webp'];
const MOST_BYTES = 10 * 1024 * 1024;

/** @param {import('../multipart').Form} form */
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

/** @param {State} state @param {import('../multipart').Form} form */
function storeImage(state, form) {
	const { uploader_user_id: uploader } = form;
	return state.images.insert({
		id: state.newId('img'),
		...imageIn(form),
		uploader_user_id: typeof uploader === 'string' ? uploader : null,
		created_at: state.clock(),
	});
}

/** @param {State} state @param {string | null} id */
function dropImage(state, id) {
	const image = id === null ? undefined : state.images.get(id);
	if (image) state.images.remove(image);
}

const imageNotFound = () => refusal(404, 'image_not_found', 'There is no image to delete.');

module.exports = { dropImage, imageNotFound, storeImage };
