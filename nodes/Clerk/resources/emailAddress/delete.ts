import { defineOperation, one } from '../../engine/operation';
import { emailAddressId, userOfIdentification } from '../../fields/identification';
import { deleted } from '../../views/general';

export const deleteEmailAddress = defineOperation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete email address',
	description: 'Take an e-mail address from a user, who can no longer sign in with it',
	request: 'DELETE /email_addresses/{email_address_id}',
	formOnly: [userOfIdentification],
	path: [emailAddressId],
	notice:
		'This destroys the entry: the user can no longer sign in with that e-mail address. It cannot be undone, though it can be added anew. The Dry Run option shows whether it is there.',
	destroys: [{ name: 'emailAddress', path: '/email_addresses/{email_address_id}' }],
	returns: one(deleted, { ifNotFound: true }),
});
