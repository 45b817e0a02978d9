import { defineOperation, one } from '../../engine/operation';
import * as fields from '../../fields/machine';
import { machine } from '../../views/machine';

export const update = defineOperation({
	name: 'Update',
	value: 'update',
	action: 'Update machine',
	description: 'Update the name of a machine, or how long its tokens are valid',
	request: 'PATCH /machines/{machine_id}',
	path: [fields.machineId],
	body: [fields.machineName, fields.defaultTokenTtl],
	returns: one(machine, { ifNotFound: true }),
});
