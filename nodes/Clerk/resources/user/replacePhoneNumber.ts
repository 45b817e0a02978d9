import { defineOperation, one } from '../../engine/operation';
import { locate } from '../../fields/locators';
import { identificationStatus, secondFactorPhoneNumbers } from '../../fields/user';
import { phoneNumber } from '../../views/userParts';

export const replacePhoneNumber = defineOperation({
	name: 'Replace Phone Number',
	value: 'replacePhoneNumber',
	action: 'Replace phone number of user',
	description: 'Replace all phone numbers of a user with a new one',
	request: 'PUT /users/{user_id}/phone_number',
	path: [locate('user', { required: true })],
	body: [
		{
			displayName: 'Phone Number',
			name: 'phoneNumber',
			type: 'string',
			required: true,
			default: '',
			kind: 'phoneNumber',
			placeholder: 'e.g. +15551234567',
			description: 'The only phone number the user will have, with its country code',
		},
		identificationStatus,
	],
	notice: [
		'Permanently deletes all phone numbers of the user.',
		'If one of them is a second factor, MFA is turned off for the user, and the new number does not replace it.',
		'This cannot be undone. Dry Run shows what would be lost.',
	],
	destroys: [
		{ name: 'phoneNumbers', path: '/users/{user_id}', within: 'phone_numbers' },
		secondFactorPhoneNumbers,
	],
	returns: one(phoneNumber, { ifNotFound: true }),
});
