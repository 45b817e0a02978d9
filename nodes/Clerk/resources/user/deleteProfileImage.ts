import { defineOperation, one } from '../../engine/operation';
import { locate } from '../../fields/locators';
import { user } from '../../views/user';

export const deleteProfileImage = defineOperation({
	name: 'Delete Profile Image',
	value: 'deleteProfileImage',
	action: 'Delete profile image of user',
	description: 'Delete the profile image of a user',
	request: 'DELETE /users/{user_id}/profile_image',
	path: [locate('user', { required: true })],
	notice: [
		'Permanently deletes the profile image of the user, who gets a generated one.',
		'This cannot be undone. Dry Run shows what would be lost.',
	],
	destroys: [{ name: 'profileImage', path: '/users/{user_id}', within: 'has_image' }],
	returns: one(user, { ifNotFound: true }),
});
