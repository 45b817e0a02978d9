import { defineResource } from '../../engine/operation';
import { verify } from './verify';

export const oauthAccessToken = defineResource({
	name: 'OAuth Access Token',
	value: 'oauthAccessToken',
	description: 'What an OAuth application calls your API with on behalf of a user',
	operations: [verify],
});
