import { defineOperation, one } from '../../engine/operation';
import { instance } from '../../views/instance';

export const get = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get instance',
	description:
		'Get the instance of the secret key: its ID, and whether it is development or production',
	request: 'GET /instance',
	returns: one(instance),
});
