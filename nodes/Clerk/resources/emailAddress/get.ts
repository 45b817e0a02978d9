import { defineOperation, one } from '../../engine/operation';
import { emailAddressId, userOfIdentification } from '../../fields/identification';
import { emailAddress } from '../../views/userParts';

export const get = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get email address',
	description: 'Get an email address of a user, and whether it is verified',
	request: 'GET /email_addresses/{email_address_id}',
	formOnly: [userOfIdentification],
	path: [emailAddressId],
	returns: one(emailAddress, { ifNotFound: true }),
});
