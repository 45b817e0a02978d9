import { defineOperation, one } from '../../engine/operation';
import { machineId } from '../../fields/machine';
import { machineSecretKey } from '../../views/machine';

export const getSecretKey = defineOperation({
	name: 'Get Secret Key',
	value: 'getSecretKey',
	action: 'Get secret key of machine',
	description: 'Get the secret key that a machine uses to create M2M tokens',
	request: 'GET /machines/{machine_id}/secret_key',
	path: [machineId],
	returns: one(machineSecretKey, { ifNotFound: true }),
});
