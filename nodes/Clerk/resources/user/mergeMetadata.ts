import { defineOperation, one } from '../../engine/operation';
import { locate } from '../../fields/locators';
import { mergedMetadata, unsafeMetadata } from '../../fields/metadata';
import { user } from '../../views/user';

export const mergeMetadata = defineOperation({
	name: 'Merge Metadata',
	value: 'mergeMetadata',
	action: 'Merge metadata of user',
	description:
		'Change the metadata keys you enter, at any depth, remove those set to null, and keep all others',
	request: 'PATCH /users/{user_id}/metadata',
	path: [locate('user', { required: true })],
	body: [...mergedMetadata, unsafeMetadata],
	returns: one(user, { ifNotFound: true }),
});
