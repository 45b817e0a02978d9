import { defineOperation, one } from '../../engine/operation';
import { protect } from '../../views/instance';

export const getProtect = defineOperation({
	name: 'Get Protect',
	value: 'getProtect',
	action: 'Get protect settings of instance',
	description: 'Get the settings of the protection against bots and abuse',
	request: 'GET /instance/protect',
	returns: one(protect),
});
