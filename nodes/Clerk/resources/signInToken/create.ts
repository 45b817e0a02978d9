import { defineOperation, one } from '../../engine/operation';
import { locate } from '../../fields/locators';
import { signInToken } from '../../views/signIn';

export const create = defineOperation({
	name: 'Create',
	value: 'create',
	action: 'Create sign-in token',
	description:
		'Create a link that signs a user in once, without a password. Send it to this user only.',
	request: 'POST /sign_in_tokens',
	body: [
		locate('user', { required: true }),
		locate('organization', {
			wire: 'org_id',
			nullable: true,
			description: 'The organization to make active; the user must be a member',
		}),
		{
			displayName: 'Expires in Seconds',
			name: 'expiresInSeconds',
			type: 'number',
			typeOptions: { minValue: 1, numberPrecision: 0 },
			default: 2592000,
			nullable: true,
			description: 'How long the link is valid; by default, 30 days (2592000)',
		},
	],
	returns: one(signInToken),
});
