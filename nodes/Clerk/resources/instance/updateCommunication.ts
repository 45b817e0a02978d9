import { defineOperation, one } from '../../engine/operation';
import { communication } from '../../views/instance';

export const updateCommunication = defineOperation({
	name: 'Update Communication',
	value: 'updateCommunication',
	action: 'Update communication settings of instance',
	description: 'Set the countries to which no text messages are sent',
	request: 'PATCH /instance/communication',
	body: [
		{
			displayName: 'Blocked Country Codes',
			name: 'blockedCountryCodes',
			type: 'string',
			default: '',
			nullable: true,
			kind: 'externalId',
			placeholder: 'e.g. KP, RU',
			description:
				'All countries to block, each once, as two capital letters and separated by commas, up to 250. They replace those blocked before; Clerk ignores what it does not know.',
			encode: 'list',
		},
	],
	returns: one(communication),
});
