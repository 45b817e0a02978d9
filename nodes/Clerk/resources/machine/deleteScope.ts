import { defineOperation, one } from '../../engine/operation';
import { locate } from '../../fields/locators';
import { machineId } from '../../fields/machine';
import { deletedMachineScope } from '../../views/machine';

export const deleteScope = defineOperation({
	name: 'Delete Scope',
	value: 'deleteScope',
	action: 'Delete scope of machine',
	description: 'Stop a machine from calling another one',
	request: 'DELETE /machines/{machine_id}/scopes/{other_machine_id}',
	path: [
		machineId,
		locate('machine', {
			as: 'otherMachineId',
			displayName: 'Callable Machine',
			required: true,
			description: 'The machine that can no longer be called',
		}),
	],
	notice: [
		'Permanently deletes the scope: new tokens of the machine are not valid at the other machine.',
		'This cannot be undone, but a new scope allows it again. Dry Run shows whether there is such a scope.',
	],
	destroys: [
		{
			name: 'machineScopes',
			path: '/machines/{machine_id}',
			within: 'scoped_machines',
			rowId: 'other_machine_id',
		},
	],
	returns: one(deletedMachineScope, { ifNotFound: true }),
});
