import { resources } from '../../nodes/Clerk/resources';
import { describeOperations } from '../../scripts/lib/registry';
import type { DescribedOperation } from '../../scripts/lib/registry';
import { runScript } from '../support/command';

/** `npm run operations`: the operations as plain data. */

const described = describeOperations(resources);

const find = (resource: string, operation: string): DescribedOperation =>
	described.find((entry) => entry.resource === resource && entry.operation === operation)!;

test('npm run operations prints the described operations', async () => {
	expect(JSON.parse(await runScript('operations.js'))).toEqual(described);
});

test('describeOperations returns all facts of an operation', () => {
	expect(find('session', 'getAll')).toEqual({
		resource: 'session',
		operation: 'getAll',
		kind: 'request',
		takes: 'item',
		method: 'GET',
		path: '/sessions',
		write: false,
		destructive: false,
		list: 'data',
		fields: [
			{ parameter: 'filters.clientId', in: 'query', wire: 'client_id', required: false },
			{ parameter: 'filters.status', in: 'query', wire: 'status', required: false },
			{ parameter: 'filters.userId', in: 'query', wire: 'user_id', required: false },
			{ parameter: 'limit', in: 'query', wire: 'limit', required: false },
			{ parameter: 'options.offset', in: 'query', wire: 'offset', required: false },
		],
	});
});

test('describeOperations returns fields with their parameter and their place in the request', () => {
	expect(find('user', 'get').fields).toEqual([
		{ parameter: 'userId', in: 'path', wire: 'user_id', required: true },
	]);
	expect(find('organization', 'create').fields).toEqual(
		expect.arrayContaining([
			{ parameter: 'name', in: 'body', wire: 'name', required: true },
			{
				parameter: 'additionalFields.createdBy',
				in: 'body',
				wire: 'created_by',
				required: false,
			},
		]),
	);
	for (const resource of ['user', 'organization']) {
		expect(find(resource, 'update').fields).toContainEqual({
			parameter: 'updateFields.publicMetadata',
			in: 'body',
			wire: 'public_metadata',
			required: false,
		});
	}
	expect(find('user', 'getAll')).toMatchObject({ list: 'array', write: false });
	expect(find('user', 'delete')).toMatchObject({ list: null, write: true, destructive: true });
	expect(find('user', 'ban')).toMatchObject({ write: true, destructive: false });
});
