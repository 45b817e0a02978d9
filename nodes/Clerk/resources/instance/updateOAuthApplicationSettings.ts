import { defineOperation, one } from '../../engine/operation';
import { oauthSettingsFields } from '../../fields/instance';
import { oauthApplicationSettings } from '../../views/instance';

export const updateOAuthApplicationSettings = defineOperation({
	name: 'Update OAuth Application Settings',
	value: 'updateOAuthApplicationSettings',
	action: 'Update OAuth application settings of instance',
	description: 'Update the settings you add of those that all OAuth applications share',
	request: 'PATCH /instance/oauth_application_settings',
	body: oauthSettingsFields,
	returns: one(oauthApplicationSettings),
});
