import { defineOperation, one } from '../../engine/operation';
import {
	emailAddressId,
	notifyPrevious,
	primary,
	userOfIdentification,
	verified,
} from '../../fields/identification';
import { emailAddress } from '../../views/userParts';

export const update = defineOperation({
	name: 'Update',
	value: 'update',
	action: 'Update email address',
	description: 'Make an email address verified or primary; the address itself cannot be changed',
	request: 'PATCH /email_addresses/{email_address_id}',
	formOnly: [userOfIdentification],
	path: [emailAddressId],
	body: [verified, primary, notifyPrevious],
	returns: one(emailAddress, { ifNotFound: true }),
});
