import { defineOperation, list } from '../../engine/operation';
import { ORGANIZATION_ID, USER_ID } from '../../fields/ids';
import { includeMissingMember } from '../../fields/organization';
import { orderedPaging } from '../../fields/paging';
import { orderBy } from '../../fields/sorting';
import { organization } from '../../views/organization';

export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many organizations',
	description: 'Get the organizations that match the filters you add',
	request: 'GET /organizations',
	query: [
		{
			displayName: 'Include Members Count',
			name: 'includeMembersCount',
			type: 'boolean',
			default: true,
			description:
				'Whether to tell how many members each organization has; without it, the members count is empty',
		},
		includeMissingMember,
		orderBy({ created_at: 'Created At', members_count: 'Members Count', name: 'Name' }),
		{
			displayName: 'Organization ID',
			name: 'organizationId',
			type: 'string',
			default: '',
			signs: true,
			kind: ORGANIZATION_ID,
			description:
				'Organization IDs, separated by commas. Put a minus sign before one to leave that organization out.',
			encode: 'list',
		},
		{
			displayName: 'Search',
			name: 'query',
			type: 'string',
			default: '',
			description: 'Part of a name or slug, or a whole organization ID',
		},
		{
			displayName: 'User ID',
			name: 'userId',
			type: 'string',
			default: '',
			signs: true,
			kind: USER_ID,
			description:
				'IDs of users of whom at least one is a member. A minus sign leaves their organizations out.',
			encode: 'list',
		},
	],
	returns: list(organization, orderedPaging),
});
