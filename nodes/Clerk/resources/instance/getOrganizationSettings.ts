import { defineOperation, one } from '../../engine/operation';
import { organizationSettings } from '../../views/instance';

export const getOrganizationSettings = defineOperation({
	name: 'Get Organization Settings',
	value: 'getOrganizationSettings',
	action: 'Get organization settings of instance',
	description:
		'Get whether there are organizations, their limits, and the roles that members start with',
	request: 'GET /instance/organization_settings',
	returns: one(organizationSettings),
});
