import { defineOperation, one } from '../../engine/operation';
import { organizationSettingsFields } from '../../fields/instance';
import { organizationSettings } from '../../views/instance';

export const updateOrganizationSettings = defineOperation({
	name: 'Update Organization Settings',
	value: 'updateOrganizationSettings',
	action: 'Update organization settings of instance',
	description: 'Update the organization settings you add. Some need a paid plan.',
	request: 'PATCH /instance/organization_settings',
	body: organizationSettingsFields,
	returns: one(organizationSettings),
});
