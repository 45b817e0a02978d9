import { defineOperation, one } from '../../engine/operation';
import { phoneNumberId, userOfIdentification } from '../../fields/identification';
import { phoneNumber } from '../../views/userParts';

export const get = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get phone number',
	description: 'Get a phone number of a user, and whether it is verified',
	request: 'GET /phone_numbers/{phone_number_id}',
	formOnly: [userOfIdentification],
	path: [phoneNumberId],
	returns: one(phoneNumber, { ifNotFound: true }),
});
