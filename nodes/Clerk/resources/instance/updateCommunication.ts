import { defineOperation, one } from '../../engine/operation';
import { communication } from '../../views/instance';

export const updateCommunication = defineOperation({
	name: 'Update Communication',
	value: 'updateCommunication',
	action: 'Update communication settings of instance',
	description: 'Set the countries that receive no text messages',
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
				'Up to 250 two-letter codes in capitals, separated by commas, each once. They replace the existing ones; Clerk ignores unknown codes.',
			encode: 'list',
		},
	],
	returns: one(communication),
});
