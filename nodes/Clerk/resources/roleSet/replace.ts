import { defineOperation, one } from '../../engine/operation';
import { locate } from '../../fields/locators';
import * as fields from '../../fields/organizationRole';
import { deleted } from '../../views/general';

export const replace = defineOperation({
	name: 'Replace and Delete',
	value: 'replace',
	action: 'Replace and delete role set',
	description: 'Delete a role set, and give its organizations another one',
	request: 'POST /role_sets/{role_set_key_or_id}/replace',
	path: [fields.roleSetId],
	body: [
		locate('roleSet', {
			as: 'destRoleSetKey',
			displayName: 'New Role Set',
			required: true,
			description: 'The set that its organizations get',
		}),
		{
			displayName: 'Role Mappings',
			name: 'reassignmentMappings',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			default: {},
			placeholder: 'Add Mapping',
			options: [
				{
					name: 'entry',
					displayName: 'Mapping',
					values: [
						locate('role', {
							as: 'key',
							displayName: 'Old Role',
							required: true,
							description: 'A role of the deleted set',
						}),
						locate('role', {
							as: 'value',
							displayName: 'New Role',
							required: true,
							description: 'The role its members get',
						}),
					],
				},
			],
			description: 'The roles for members whose role the new set lacks: one row for each such role',
			encode: 'map',
		},
	],
	notice: [
		'Permanently deletes the role set and moves all of its organizations and their members to the new one.',
		'This cannot be undone. Dry Run shows the role set.',
	],
	destroys: [{ name: 'roleSet', path: '/role_sets/{role_set_key_or_id}' }],
	returns: one(deleted),
});
