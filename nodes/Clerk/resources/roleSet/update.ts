import { defineOperation, one, orNull } from '../../engine/operation';
import * as fields from '../../fields/organizationRole';
import { roleSet } from '../../views/organizationRole';

export const update = defineOperation({
	name: 'Update',
	value: 'update',
	action: 'Update role set',
	description: 'Update the fields you add of a role set, or make it the set of new organizations',
	request: 'PATCH /role_sets/{role_set_key_or_id}',
	path: [fields.roleSetId],
	body: [
		orNull(fields.name),
		orNull(fields.roleSetKey),
		orNull(fields.description),
		{
			displayName: 'Type',
			name: 'type',
			type: 'options',
			options: [{ name: 'Initial', value: 'initial', description: 'The set of new organizations' }],
			default: 'initial',
			nullable: true,
			description: 'Makes it the set of new organizations; the previous one becomes a custom set',
		},
		orNull(fields.defaultRoleKey),
		orNull(fields.creatorRoleKey),
	],
	returns: one(roleSet, { ifNotFound: true }),
});
