import { defineOperation, one } from '../../engine/operation';
import { imageFile } from '../../fields/image';
import { locate } from '../../fields/locators';
import { user } from '../../views/user';

export const setProfileImage = defineOperation({
	name: 'Set Profile Image',
	value: 'setProfileImage',
	action: 'Set profile image of user',
	description: 'Set the profile image of a user from a file in the input item',
	request: 'POST /users/{user_id}/profile_image',
	path: [locate('user', { required: true })],
	body: [imageFile],
	returns: one(user),
});
