import { defineOperation, list } from '../../engine/operation';
import { locate } from '../../fields/locators';
import { paginatedPaging } from '../../fields/paging';
import { oauthAccessToken } from '../../views/userParts';

export const getOAuthAccessTokens = defineOperation({
	name: 'Get OAuth Access Tokens',
	value: 'getOAuthAccessTokens',
	action: 'Get OAuth access tokens of user',
	description:
		"Get a user's access tokens for Google, GitHub or another provider; expired ones are refreshed",
	request: 'GET /users/{user_id}/oauth_access_tokens/{provider}',
	path: [
		locate('user', { required: true }),
		locate('oauthProvider', {
			required: true,
			description:
				'Where the user has an account: a provider that the user signed in with before. By name, it begins with oauth_, as in oauth_google.',
		}),
	],
	notice: 'The output holds tokens that give access to accounts of the user.',
	returns: list(oauthAccessToken, paginatedPaging),
});
