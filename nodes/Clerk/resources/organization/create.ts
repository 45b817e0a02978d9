import { alsoOnForm, defineOperation, one, orNull } from '../../engine/operation';
import { locate } from '../../fields/locators';
import { privateMetadata, publicMetadata } from '../../fields/metadata';
import * as fields from '../../fields/organization';
import { organization } from '../../views/organization';

export const create = defineOperation({
	name: 'Create',
	value: 'create',
	action: 'Create organization',
	description: 'Create an organization, with its first member if you name a creator',
	request: 'POST /organizations',
	body: [
		{ ...fields.name, required: true },
		alsoOnForm(
			locate('user', {
				as: 'createdBy',
				nullable: true,
				displayName: 'Created By',
				description:
					'The first member and administrator. Without one, no one can manage it in your application until you add a member.',
			}),
		),
		alsoOnForm(fields.slug),
		fields.maxAllowedMemberships,
		orNull(publicMetadata),
		orNull(privateMetadata),
		fields.createdAt,
		fields.roleSetKey,
	],
	returns: one(organization),
});
