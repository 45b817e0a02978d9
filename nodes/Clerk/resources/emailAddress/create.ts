import { defineOperation, one } from '../../engine/operation';
import { notifyPrevious, primary, verified } from '../../fields/identification';
import { locate } from '../../fields/locators';
import { emailAddress } from '../../views/userParts';

export const create = defineOperation({
	name: 'Create',
	value: 'create',
	action: 'Create email address',
	description: 'Add an email address to a user',
	request: 'POST /email_addresses',
	body: [
		locate('user', { required: true }),
		{
			displayName: 'Email Address',
			name: 'emailAddress',
			type: 'string',
			required: true,
			default: '',
			kind: 'emailAddress',
			placeholder: 'e.g. ada@example.com',
			description: 'The email address to add; no other user can have it',
		},
		verified,
		primary,
		notifyPrevious,
	],
	returns: one(emailAddress),
});
