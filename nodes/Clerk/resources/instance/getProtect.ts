import { defineOperation, one } from '../../engine/operation';
import { protect } from '../../views/instance';

export const getProtect = defineOperation({
	name: 'Get Protect',
	value: 'getProtect',
	action: 'Get protect settings of instance',
	description: 'Get the settings for bot and abuse protection',
	request: 'GET /instance/protect',
	returns: one(protect),
});
