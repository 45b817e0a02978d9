import { defineOperation, one } from '../../engine/operation';
import * as fields from '../../fields/enterpriseConnection';
import { testRunLink } from '../../views/enterpriseConnection';

export const createTestRun = defineOperation({
	name: 'Create Test Run',
	value: 'createTestRun',
	action: 'Create test run of enterprise connection',
	description:
		'Get a short-lived link to test sign-in at the identity provider; Get Test Runs shows the result',
	request: 'POST /enterprise_connections/{enterprise_connection_id}/test_runs',
	path: [fields.enterpriseConnection],
	returns: one(testRunLink),
});
