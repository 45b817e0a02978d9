import { defineOperation, one } from '../../engine/operation';
import { locate } from '../../fields/locators';
import { identificationStatus } from '../../fields/user';
import { emailAddress } from '../../views/userParts';

export const replaceEmailAddress = defineOperation({
	name: 'Replace Email Address',
	value: 'replaceEmailAddress',
	action: 'Replace email address of user',
	description: 'Replace all email addresses of a user with a new one',
	request: 'PUT /users/{user_id}/email_address',
	path: [locate('user', { required: true })],
	body: [
		{
			displayName: 'Email Address',
			name: 'emailAddress',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. ada@example.com',
			description: 'The only email address the user will have',
			kind: 'emailAddress',
		},
		identificationStatus,
		{
			displayName: 'Notify About Primary Email Address',
			name: 'notifyPrimaryEmailAddressChanged',
			type: 'boolean',
			default: true,
			nullable: true,
			description: 'Whether to notify the previous primary email address of the change',
		},
	],
	notice: [
		'Permanently deletes all email addresses of the user. Clerk refuses this while one is linked to a connected account.',
		'This cannot be undone. Dry Run shows what would be lost.',
	],
	destroys: [{ name: 'emailAddresses', path: '/users/{user_id}', within: 'email_addresses' }],
	returns: one(emailAddress, { ifNotFound: true }),
});
