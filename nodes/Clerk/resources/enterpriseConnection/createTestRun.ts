import { defineOperation, one } from '../../engine/operation';
import * as fields from '../../fields/enterpriseConnection';
import { testRunLink } from '../../views/enterpriseConnection';

export const createTestRun = defineOperation({
	name: 'Create Test Run',
	value: 'createTestRun',
	action: 'Create test run of enterprise connection',
	description:
		'Get a link, good for a short while, by which somebody tries out signing in at the identity provider; Get Test Runs then tells what came of it',
	request: 'POST /enterprise_connections/{enterprise_connection_id}/test_runs',
	path: [fields.enterpriseConnection],
	returns: one(testRunLink),
});
