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
				'Whether to count the members of each organization; otherwise, the members count is empty',
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
				'Organization IDs, separated by commas. A minus sign before an ID leaves it out.',
			encode: 'list',
		},
		{
			displayName: 'Search',
			name: 'query',
			type: 'string',
			default: '',
			description: 'Part of a name or slug, or a full organization ID',
		},
		{
			displayName: 'User ID',
			name: 'userId',
			type: 'string',
			default: '',
			signs: true,
			kind: USER_ID,
			description:
				'Only organizations with one of these user IDs as a member. A minus sign before an ID leaves theirs out.',
			encode: 'list',
		},
	],
	returns: list(organization, orderedPaging),
});
