import { defineOperation, one } from '../../engine/operation';
import { organizationSettingsFields } from '../../fields/instance';
import { organizationSettings } from '../../views/instance';

export const updateOrganizationSettings = defineOperation({
	name: 'Update Organization Settings',
	value: 'updateOrganizationSettings',
	action: 'Update organization settings of instance',
	description:
		'Change the settings you add: whether there are organizations, their limits, domains and first roles. Some need a paid plan.',
	request: 'PATCH /instance/organization_settings',
	body: organizationSettingsFields,
	returns: one(organizationSettings),
});
