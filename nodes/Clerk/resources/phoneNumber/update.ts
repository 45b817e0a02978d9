import { defineOperation, one } from '../../engine/operation';
import {
	phoneNumberId,
	primary,
	reservedForSecondFactor,
	userOfIdentification,
	verified,
} from '../../fields/identification';
import { phoneNumber } from '../../views/userParts';

export const update = defineOperation({
	name: 'Update',
	value: 'update',
	action: 'Update phone number',
	description: 'Make a phone number verified or primary; the number itself cannot be changed',
	request: 'PATCH /phone_numbers/{phone_number_id}',
	formOnly: [userOfIdentification],
	path: [phoneNumberId],
	body: [verified, primary, reservedForSecondFactor],
	returns: one(phoneNumber, { ifNotFound: true }),
});
