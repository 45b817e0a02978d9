import { defineOperation, one } from '../../engine/operation';
import { revocationReason } from '../../fields/apiKey';
import { locate } from '../../fields/locators';
import { m2mToken } from '../../views/m2mToken';

export const revoke = defineOperation({
	name: 'Revoke',
	value: 'revoke',
	action: 'Revoke M2M token',
	description:
		'Revoke an opaque token immediately. Works with the key of the instance or of its machine.',
	request: 'POST /m2m_tokens/{m2m_token_id}/revoke',
	formOnly: [
		locate('machine', {
			description: 'Used only to list tokens. Not needed if you enter the token by ID.',
		}),
	],
	path: [
		locate('m2mToken', {
			required: true,
			description: 'The token to revoke; JWTs cannot be revoked',
		}),
	],
	body: [revocationReason],
	notice:
		'Ends the token: calls with it are rejected from then on. The machine can create another.',
	returns: one(m2mToken),
});
