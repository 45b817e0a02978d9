import { defineOperation, list } from '../../engine/operation';
import { oldestFirstPaging } from '../../fields/paging';
import { orderBy } from '../../fields/sorting';
import { oauthApplication } from '../../views/oauth';

export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many OAuth applications',
	description: 'Get the OAuth applications that match the filters you add',
	request: 'GET /oauth_applications',
	query: [
		{
			displayName: 'Name Query',
			name: 'nameQuery',
			type: 'string',
			default: '',
			description: 'Part of a name, ignoring case, or a full client ID',
		},
		orderBy({ created_at: 'Created At', name: 'Name' }, 'oldest'),
	],
	returns: list(oauthApplication, oldestFirstPaging),
});
