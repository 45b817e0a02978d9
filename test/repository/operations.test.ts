import { resources } from '../../nodes/Clerk/resources';
import { describeOperations, fieldsOf } from '../../scripts/lib/registry';
import type { DescribedOperation } from '../../scripts/lib/registry';
import { WRITTEN_BY_HAND } from '../../scripts/lib/words';
import { runScript } from '../support/command';
import { placeOf, readExamples } from '../support/examples';

/** `npm run operations`: what the registry says of itself, and whether Clerk's document agrees. */

const described = describeOperations(resources);

const find = (resource: string, operation: string): DescribedOperation =>
	described.find((entry) => entry.resource === resource && entry.operation === operation)!;

test('the script prints the array as JSON', async () => {
	expect(JSON.parse(await runScript('operations.js', ['--json']))).toEqual(described);
});

test('the script prints a table', async () => {
	const table = await runScript('operations.js');
	expect(table).toMatch(/^user +delete +DELETE \/users\/\{user_id\} +1 +destructive$/m);
	expect(table).toMatch(/^session +getAll +GET \/sessions +5 +list \(data\)$/m);
	expect(table.trimEnd()).toMatch(new RegExp(`${described.length} operations$`));
});

test('an operation is described whole', () => {
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

test('says of each field where it is on the form and where it is sent', () => {
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

describe.each(
	described.map((entry) => ({ ...entry, name: `${entry.resource}.${entry.operation}` })),
)('$name', ({ name, fields, path }) => {
	it('is in the registry once', () => {
		const same = described.filter((entry) => `${entry.resource}.${entry.operation}` === name);
		expect(same).toHaveLength(1);
	});

	it('has a field for each name in its path', () => {
		const names = [...(path ?? '').matchAll(/\{(\w+)\}/g)].map(([, wire]) => wire);
		const filled = fields.filter((field) => field.in === 'path').map(({ wire }) => wire);
		expect(filled).toEqual(names);
	});

	it('has each field once', () => {
		expect(new Set(fields.map(({ parameter }) => parameter)).size).toBe(fields.length);
		expect(new Set(fields.map((field) => `${field.in} ${field.wire}`)).size).toBe(fields.length);
	});
});

test('nothing that new-operation left to be written is still to be written', () => {
	const texts = resources.flatMap((resource) => [
		`${resource.value}: ${resource.description}`,
		...resource.operations.flatMap((operation) => [
			`${resource.value}.${operation.value}: ${operation.description}`,
			...fieldsOf(operation).map(
				({ parameter, field }) =>
					`${resource.value}.${operation.value} ${parameter}: ${field.description}`,
			),
		]),
	]);
	const isLeft = (text: string) => text.includes(WRITTEN_BY_HAND);
	const examples = readExamples()
		.filter(({ examples: all }) => isLeft(JSON.stringify(all)))
		.map(({ resource, operation }) => `${placeOf(resource, operation)} has a ${WRITTEN_BY_HAND}`);
	expect([...texts.filter(isLeft), ...examples]).toEqual([]);
});
