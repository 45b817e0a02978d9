import { defineOperation, one } from '../../engine/operation';
import { machineId } from '../../fields/machine';
import { machineSecretKey } from '../../views/machine';

export const rotateSecretKey = defineOperation({
	name: 'Rotate Secret Key',
	value: 'rotateSecretKey',
	action: 'Rotate secret key of machine',
	description: 'Give a machine a new secret key; the old one ends',
	request: 'POST /machines/{machine_id}/secret_key/rotate',
	path: [machineId],
	body: [
		{
			displayName: 'Old Key Valid For (Seconds)',
			name: 'previousTokenTtl',
			type: 'number',
			required: true,
			typeOptions: { numberPrecision: 0, minValue: 0, maxValue: 28_800 },
			default: 3600,
			description:
				'How long the old key still works, so that services can change over: 0 ends it at once, 28800 (8 hours) is the most',
		},
	],
	notice: [
		'Ends the old secret key after the time you give: a service that still uses it then gets no more tokens.',
		'The new key is in the output.',
	],
	returns: one(machineSecretKey),
});
