import { defineOperation, one } from '../../engine/operation';
import { phoneNumberId, userOfIdentification } from '../../fields/identification';
import { deleted } from '../../views/general';

export const deletePhoneNumber = defineOperation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete phone number',
	description: 'Remove a phone number from a user, who can no longer sign in with it',
	request: 'DELETE /phone_numbers/{phone_number_id}',
	formOnly: [userOfIdentification],
	path: [phoneNumberId],
	notice: [
		'Permanently deletes the entry: the user can no longer sign in with that phone number.',
		'This cannot be undone, but you can add it again. Dry Run shows whether it exists.',
	],
	destroys: [{ name: 'phoneNumber', path: '/phone_numbers/{phone_number_id}' }],
	returns: one(deleted, { ifNotFound: true }),
});
