import { defineOperation, list } from '../../engine/operation';
import { newestFirst, orderOfMembers } from '../../fields/organizationMembership';
import { orderedPaging } from '../../fields/paging';
import { organizationMembership } from '../../views/organizationMembership';

export const getAllInInstance = defineOperation({
	name: 'Get Many in All Organizations',
	value: 'getAllInInstance',
	action: 'Get many organization memberships in all organizations',
	description: 'Get the members of every organization of the instance',
	request: 'GET /organization_memberships',
	query: [orderOfMembers],
	always: newestFirst,
	returns: list(organizationMembership, orderedPaging),
});
