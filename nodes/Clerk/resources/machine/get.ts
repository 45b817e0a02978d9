import { defineOperation, one } from '../../engine/operation';
import { machineId } from '../../fields/machine';
import { machine } from '../../views/machine';

export const get = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get machine',
	description: 'Get one machine by ID, with the machines it can call',
	request: 'GET /machines/{machine_id}',
	path: [machineId],
	returns: one(machine, { ifNotFound: true }),
});
