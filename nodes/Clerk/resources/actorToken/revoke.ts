import { defineOperation, one } from '../../engine/operation';
import { locate } from '../../fields/locators';
import { actorToken } from '../../views/signIn';

export const revoke = defineOperation({
	name: 'Revoke',
	value: 'revoke',
	action: 'Revoke actor token',
	description: 'Revoke an unused actor token, so that its link no longer works',
	request: 'POST /actor_tokens/{actor_token_id}/revoke',
	path: [locate('actorToken', { required: true, description: 'The token to revoke, by its ID' })],
	returns: one(actorToken),
});
