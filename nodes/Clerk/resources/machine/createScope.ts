import { defineOperation, one } from '../../engine/operation';
import { locate } from '../../fields/locators';
import { machineId } from '../../fields/machine';
import { machineScope } from '../../views/machine';

export const createScope = defineOperation({
	name: 'Create Scope',
	value: 'createScope',
	action: 'Create scope of machine',
	description: 'Let a machine call another one: its tokens are then valid there',
	request: 'POST /machines/{machine_id}/scopes',
	path: [machineId],
	body: [
		locate('machine', {
			as: 'toMachineId',
			displayName: 'Callable Machine',
			required: true,
			description: 'The machine to call. A machine can call up to 150 others.',
		}),
	],
	returns: one(machineScope),
});
