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
				'A provider that the user has signed in with. By name, it starts with oauth_, as in oauth_google.',
		}),
	],
	notice: 'The output contains tokens that give access to accounts of the user.',
	returns: list(oauthAccessToken, paginatedPaging),
});
