import { defineOperation, list } from '../../engine/operation';
import * as fields from '../../fields/organizationDomain';
import { dataPaging } from '../../fields/paging';
import { organizationDomain } from '../../views/organizationDomain';

export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many organization domains',
	description: 'Get the email domains of one organization',
	request: 'GET /organizations/{organization_id}/domains',
	path: [fields.organizationOfDomain],
	query: [fields.enrollmentModeFilter, fields.verifiedFilter],
	returns: list(organizationDomain, dataPaging),
});
