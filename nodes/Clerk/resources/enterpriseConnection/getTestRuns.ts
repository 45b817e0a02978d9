import { defineOperation, list } from '../../engine/operation';
import * as fields from '../../fields/enterpriseConnection';
import { dataPaging } from '../../fields/paging';
import { testRun } from '../../views/enterpriseConnection';

export const getTestRuns = defineOperation({
	name: 'Get Test Runs',
	value: 'getTestRuns',
	action: 'Get test runs of enterprise connection',
	description: 'Get the test sign-ins, with what the identity provider sent',
	request: 'GET /enterprise_connections/{enterprise_connection_id}/test_runs',
	path: [fields.enterpriseConnection],
	query: [
		{
			displayName: 'Status',
			name: 'status',
			type: 'multiOptions',
			options: [
				{ name: 'Failed', value: 'failed' },
				{ name: 'Pending', value: 'pending' },
				{ name: 'Success', value: 'success' },
			],
			default: [],
			description: 'Only test runs with one of these statuses',
		},
	],
	returns: list(testRun, dataPaging),
});
