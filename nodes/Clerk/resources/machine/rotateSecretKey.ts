import { defineOperation, one } from '../../engine/operation';
import { machineId } from '../../fields/machine';
import { machineSecretKey } from '../../views/machine';

export const rotateSecretKey = defineOperation({
	name: 'Rotate Secret Key',
	value: 'rotateSecretKey',
	action: 'Rotate secret key of machine',
	description: 'Create a new secret key for a machine; the old one stops working',
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
				'How long the old key still works, while services change over: 0 to 28800 (8 hours)',
		},
	],
	notice: [
		'Ends the old secret key after the time you enter: a service that still uses it can no longer get tokens.',
		'The new key is in the output.',
	],
	returns: one(machineSecretKey),
});
