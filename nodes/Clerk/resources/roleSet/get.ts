import { defineOperation, one } from '../../engine/operation';
import * as fields from '../../fields/organizationRole';
import { roleSet } from '../../views/organizationRole';

export const get = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get role set',
	description: 'Get one role set by key or ID, with its roles',
	request: 'GET /role_sets/{role_set_key_or_id}',
	path: [fields.roleSetId],
	returns: one(roleSet, { ifNotFound: true }),
});
