import { defineOperation, one } from '../../engine/operation';
import { locate } from '../../fields/locators';
import { includeMissingMember } from '../../fields/organization';
import { organization } from '../../views/organization';

export const get = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get organization',
	description: 'Get one organization by ID or slug, with its number of members',
	request: 'GET /organizations/{organization_id}',
	path: [locate('organization', { required: true })],
	query: [includeMissingMember],
	always: { include_members_count: true },
	returns: one(organization, { ifNotFound: true }),
});
