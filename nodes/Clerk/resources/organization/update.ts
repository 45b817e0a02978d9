import { defineOperation, one, orNull } from '../../engine/operation';
import { locate } from '../../fields/locators';
import {
	metadataMode,
	privateMetadata,
	publicMetadata,
	replacedMetadata,
	splitMetadata,
} from '../../fields/metadata';
import * as fields from '../../fields/organization';
import { organization } from '../../views/organization';

export const update = defineOperation({
	name: 'Update',
	value: 'update',
	action: 'Update organization',
	description: 'Update the fields you add of an organization; others stay as they are',
	request: 'PATCH /organizations/{organization_id}',
	path: [locate('organization', { required: true })],
	body: [
		orNull(fields.name),
		fields.slug,
		fields.maxAllowedMemberships,
		{
			displayName: 'Admins Can Delete It',
			name: 'adminDeleteEnabled',
			type: 'boolean',
			default: true,
			nullable: true,
			description: 'Whether its administrators can delete the organization in your application',
		},
		publicMetadata,
		privateMetadata,
		fields.createdAt,
		fields.roleSetKey,
	],
	options: [metadataMode],
	destroys: replacedMetadata('/organizations/{organization_id}', [publicMetadata, privateMetadata]),
	split: splitMetadata,
	returns: one(organization, { ifNotFound: true }),
});
