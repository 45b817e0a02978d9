import { defineOperation, one } from '../../engine/operation';
import { locate } from '../../fields/locators';
import { privateMetadata, publicMetadata, replacedMetadata } from '../../fields/metadata';
import { organization } from '../../views/organization';

const KINDS = [publicMetadata, privateMetadata];

export const replaceMetadata = defineOperation({
	name: 'Replace Metadata',
	value: 'replaceMetadata',
	action: 'Replace metadata of organization',
	description: 'Overwrite the metadata you add with exactly what you enter',
	request: 'PUT /organizations/{organization_id}/metadata',
	path: [locate('organization', { required: true })],
	body: KINDS,
	notice: [
		'Permanently deletes what is stored in each kind of metadata that you add. This cannot be undone.',
		'To keep the keys you do not enter, use Merge Metadata.',
		'Dry Run shows what would be lost.',
	],
	destroys: replacedMetadata('/organizations/{organization_id}', KINDS),
	returns: one(organization, { ifNotFound: true }),
});
