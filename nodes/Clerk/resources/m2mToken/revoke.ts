import { defineOperation, one } from '../../engine/operation';
import { revocationReason } from '../../fields/apiKey';
import { locate } from '../../fields/locators';
import { m2mToken } from '../../views/m2mToken';

export const revoke = defineOperation({
	name: 'Revoke',
	value: 'revoke',
	action: 'Revoke M2M token',
	description:
		"End an opaque token at once. Takes the secret key of the instance or of the token's machine.",
	request: 'POST /m2m_tokens/{m2m_token_id}/revoke',
	formOnly: [
		locate('machine', {
			description:
				'Whose tokens to choose from. Not sent, and not needed when the token is given by ID.',
		}),
	],
	path: [
		locate('m2mToken', { required: true, description: 'The token to revoke; a JWT cannot be' }),
	],
	body: [revocationReason],
	notice: 'Ends the token: calls with it are refused from then on. The machine can create another.',
	returns: one(m2mToken),
});
