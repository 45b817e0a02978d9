import { defineOperation, one } from '../../engine/operation';
import { oauthApplicationSettings } from '../../views/instance';

export const getOAuthApplicationSettings = defineOperation({
	name: 'Get OAuth Application Settings',
	value: 'getOAuthApplicationSettings',
	action: 'Get OAuth application settings of instance',
	description: 'Get the settings that all OAuth applications share, such as the token format',
	request: 'GET /instance/oauth_application_settings',
	returns: one(oauthApplicationSettings),
});
