import { defineOperation, list } from '../../engine/operation';
import { locate } from '../../fields/locators';
import { memberFilters, newestFirst, orderOfMembers } from '../../fields/organizationMembership';
import { orderedPaging } from '../../fields/paging';
import { organizationMembership } from '../../views/organizationMembership';

export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many organization memberships',
	description: 'Get the members of an organization that match the filters you add',
	request: 'GET /organizations/{organization_id}/memberships',
	path: [locate('organization', { required: true })],
	query: [...memberFilters, orderOfMembers],
	always: newestFirst,
	returns: list(organizationMembership, orderedPaging),
});
