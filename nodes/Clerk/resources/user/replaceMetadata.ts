import { defineOperation, one } from '../../engine/operation';
import { locate } from '../../fields/locators';
import {
	privateMetadata,
	publicMetadata,
	replacedMetadata,
	unsafeMetadata,
} from '../../fields/metadata';
import { user } from '../../views/user';

const KINDS = [publicMetadata, privateMetadata, unsafeMetadata];

export const replaceMetadata = defineOperation({
	name: 'Replace Metadata',
	value: 'replaceMetadata',
	action: 'Replace metadata of user',
	description: 'Overwrite the metadata you add with exactly what you enter',
	request: 'PUT /users/{user_id}/metadata',
	path: [locate('user', { required: true })],
	body: KINDS,
	notice: [
		'Permanently deletes what is stored in each kind of metadata that you add. This cannot be undone.',
		'To keep the keys you do not enter, use Merge Metadata.',
		'Dry Run shows what would be lost.',
	],
	destroys: replacedMetadata('/users/{user_id}', KINDS),
	returns: one(user, { ifNotFound: true }),
});
