import { defineOperation, one } from '../../engine/operation';
import { machineId } from '../../fields/machine';
import { deleted } from '../../views/general';

export const deleteMachine = defineOperation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete machine',
	description: 'Delete a machine with its secret key',
	request: 'DELETE /machines/{machine_id}',
	path: [machineId],
	notice: [
		'Permanently deletes the machine, its secret key and its scopes: a service that uses the key can no longer get tokens.',
		'This cannot be undone. Dry Run shows what would be lost.',
	],
	destroys: [
		{ name: 'machine', path: '/machines/{machine_id}' },
		{ name: 'machineScopes', path: '/machines/{machine_id}', within: 'scoped_machines' },
	],
	returns: one(deleted, { ifNotFound: true }),
});
