import { defineResource } from '../../engine/operation';
import { verify } from './verify';

export const oauthAccessToken = defineResource({
	name: 'OAuth Access Token',
	value: 'oauthAccessToken',
	description: 'Tokens that an OAuth application uses to call your API on behalf of a user',
	operations: [verify],
});
