import type { Field } from '../engine/operation';

/** A file of the input item, as Clerk accepts it for profile images and logos. */
export const imageFile: Field = {
	displayName: 'Input Binary Field',
	name: 'binaryPropertyName',
	type: 'string',
	required: true,
	default: 'data',
	hint: 'The name of the input field that contains the image',
	description: 'The binary field with the image: JPEG, PNG, GIF or WebP, up to 10 MB',
	wire: 'file',
	file: {
		types: ['image/jpeg', 'image/png', 'image/gif', 'image/webp'],
		maxBytes: 10 * 1024 ** 2,
	},
};
