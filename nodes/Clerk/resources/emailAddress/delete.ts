import { defineOperation, one } from '../../engine/operation';
import { emailAddressId, userOfIdentification } from '../../fields/identification';
import { deleted } from '../../views/general';

export const deleteEmailAddress = defineOperation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete email address',
	description: 'Remove an email address from a user, who can no longer sign in with it',
	request: 'DELETE /email_addresses/{email_address_id}',
	formOnly: [userOfIdentification],
	path: [emailAddressId],
	notice: [
		'Permanently deletes the entry: the user can no longer sign in with that email address.',
		'This cannot be undone, but you can add it again. Dry Run shows whether it exists.',
	],
	destroys: [{ name: 'emailAddress', path: '/email_addresses/{email_address_id}' }],
	returns: one(deleted, { ifNotFound: true }),
});
