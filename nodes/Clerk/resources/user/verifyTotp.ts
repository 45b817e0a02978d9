import { defineOperation, one } from '../../engine/operation';
import { locate } from '../../fields/locators';
import { verifiedCode } from '../../views/userParts';

export const verifyTotp = defineOperation({
	name: 'Verify TOTP',
	value: 'verifyTotp',
	action: 'Verify TOTP of user',
	description: "Check a code from a user's authenticator app, or a backup code, which it uses up",
	request: 'POST /users/{user_id}/verify_totp',
	path: [locate('user', { required: true })],
	body: [
		{
			displayName: 'Code',
			name: 'code',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'The code to check: six digits from an authenticator app, or a backup code',
		},
	],
	notice: 'A backup code works once: checking it here uses it up.',
	returns: one(verifiedCode),
});
