import { defineOperation, one } from '../../engine/operation';
import { communication } from '../../views/instance';

export const getCommunication = defineOperation({
	name: 'Get Communication',
	value: 'getCommunication',
	action: 'Get communication settings of instance',
	description: 'Get the countries that receive no text messages',
	request: 'GET /instance/communication',
	returns: one(communication),
});
