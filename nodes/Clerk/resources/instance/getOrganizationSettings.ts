import { defineOperation, one } from '../../engine/operation';
import { organizationSettings } from '../../views/instance';

export const getOrganizationSettings = defineOperation({
	name: 'Get Organization Settings',
	value: 'getOrganizationSettings',
	action: 'Get organization settings of instance',
	description: 'Get whether organizations are on, their limits, and the default roles of members',
	request: 'GET /instance/organization_settings',
	returns: one(organizationSettings),
});
