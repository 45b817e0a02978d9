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
	description:
		'Throw away what is stored in the kinds of metadata you add, and store exactly what you give',
	request: 'PUT /users/{user_id}/metadata',
	path: [locate('user', { required: true })],
	body: KINDS,
	notice:
		'This discards what is stored in each kind of metadata that you add, and cannot be undone. To keep the keys you do not name, use Merge Metadata. The Dry Run option shows what would be lost.',
	destroys: replacedMetadata('/users/{user_id}', KINDS),
	returns: one(user, { ifNotFound: true }),
});
