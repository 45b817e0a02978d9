import { defineOperation, one, orNull } from '../../engine/operation';
import * as fields from '../../fields/organizationRole';
import { roleSet } from '../../views/organizationRole';

export const create = defineOperation({
	name: 'Create',
	value: 'create',
	action: 'Create role set',
	description:
		'Create a set of roles for organizations to choose from; needs a plan with custom role sets',
	request: 'POST /role_sets',
	body: [
		{ ...fields.name, required: true },
		{ ...fields.roleKeys, name: 'roles', required: true },
		{ ...fields.defaultRoleKey, required: true },
		{ ...fields.creatorRoleKey, required: true },
		fields.roleSetKey,
		orNull(fields.description),
		{
			displayName: 'Type',
			name: 'type',
			type: 'options',
			options: [
				{ name: 'Custom', value: 'custom', description: 'For organizations you assign it to' },
				{ name: 'Initial', value: 'initial', description: 'The set of new organizations' },
			],
			default: 'custom',
			description: 'Which organizations have the set. Only one set is the initial one.',
		},
	],
	returns: one(roleSet),
});
