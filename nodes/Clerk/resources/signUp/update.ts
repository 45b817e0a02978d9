import { defineOperation, one } from '../../engine/operation';
import { signUpId } from '../../fields/signIn';
import { signUp } from '../../views/signIn';

export const update = defineOperation({
	name: 'Update',
	value: 'update',
	action: 'Update sign-up',
	description: 'Give a sign-up an external ID, or mark it as a custom action',
	request: 'PATCH /sign_ups/{id}',
	path: [signUpId],
	body: [
		{
			displayName: 'External ID',
			name: 'externalId',
			type: 'string',
			default: '',
			nullable: true,
			kind: 'externalId',
			description: 'The ID in your own system; the user has it once the sign-up is complete',
		},
		{
			displayName: 'Custom Action',
			name: 'customAction',
			type: 'boolean',
			default: true,
			nullable: true,
			description: 'Whether the sign-up is marked as a custom action',
		},
	],
	returns: one(signUp, { ifNotFound: true }),
});
