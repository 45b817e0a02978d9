import { defineOperation, one } from '../../engine/operation';
import { MACHINE_ID } from '../../fields/ids';
import * as fields from '../../fields/machine';
import { newMachine } from '../../views/machine';

export const create = defineOperation({
	name: 'Create',
	value: 'create',
	action: 'Create machine',
	description:
		'Create a machine (a service that calls your other services); the output has its secret key',
	request: 'POST /machines',
	body: [
		{ ...fields.machineName, required: true },
		fields.defaultTokenTtl,
		{
			displayName: 'Scoped Machine IDs',
			name: 'scopedMachines',
			type: 'string',
			default: '',
			kind: MACHINE_ID,
			placeholder: 'e.g. mch_1, mch_2',
			description: 'IDs of the machines it can call, separated by commas: up to 150',
			encode: 'list',
		},
	],
	returns: one(newMachine),
});
