import { defineOperation, one } from '../../engine/operation';
import { primary, reservedForSecondFactor, verified } from '../../fields/identification';
import { locate } from '../../fields/locators';
import { phoneNumber } from '../../views/userParts';

export const create = defineOperation({
	name: 'Create',
	value: 'create',
	action: 'Create phone number',
	description: 'Add a phone number to a user',
	request: 'POST /phone_numbers',
	body: [
		locate('user', { required: true }),
		{
			displayName: 'Phone Number',
			name: 'phoneNumber',
			type: 'string',
			required: true,
			default: '',
			kind: 'phoneNumber',
			placeholder: 'e.g. +12025550123',
			description: 'The phone number to add, with its country code; no other user can have it',
		},
		verified,
		primary,
		reservedForSecondFactor,
	],
	returns: one(phoneNumber),
});
