import { defineOperation, one } from '../../engine/operation';
import { locate } from '../../fields/locators';
import { privateMetadata, publicMetadata, unsafeMetadata } from '../../fields/metadata';
import { user } from '../../views/user';

export const replaceMetadata = defineOperation({
	name: 'Replace Metadata',
	value: 'replaceMetadata',
	action: 'Replace metadata of user',
	description:
		'Throw away what is stored in the kinds of metadata you add, and store exactly what you give',
	request: 'PUT /users/{user_id}/metadata',
	path: [locate('user', { required: true, description: 'The user whose metadata is replaced' })],
	body: [publicMetadata, privateMetadata, unsafeMetadata],
	returns: one(user, { ifNotFound: true }),
});
