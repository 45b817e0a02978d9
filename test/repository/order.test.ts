import { resources } from '../../nodes/Clerk/resources';

/** n8n lists resources, operations and actions in the order of the registry. */

const MOST_USED = [
	'user',
	'organization',
	'organizationMembership',
	'organizationInvitation',
	'invitation',
	'session',
];

/** All of these are deprecated by Clerk. */
const REPLACED = ['messageTemplate', 'samlConnection', 'scimDirectory'];

const values = resources.map(({ value }) => value);

test('the resources used most come first, and those that Clerk replaced last', () => {
	expect(values.slice(0, MOST_USED.length)).toEqual(MOST_USED);
	expect(values.slice(-REPLACED.length)).toEqual(REPLACED);
});

test('all other resources are sorted by name', () => {
	const names = resources.slice(MOST_USED.length, -REPLACED.length).map(({ name }) => name);
	expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b, 'en')));
});

test.each(resources.map(({ value, operations }) => [value, operations] as const))(
	'%s starts with the operations that create, read, update and delete a record',
	(_, operations) => {
		const basic = ['create', 'upsert', 'get', 'getAll', 'update', 'delete'];
		const listed = operations.map(({ value }) => value);
		const expected = basic.filter((value) => listed.includes(value));
		expect(listed.slice(0, expected.length)).toEqual(expected);
	},
);

test.each(
	resources
		.filter(({ value }) => !REPLACED.includes(value))
		.map(({ value, operations }) => [value, operations] as const),
)('%s ends with its deprecated operations', (_, operations) => {
	const isDeprecated = operations.map(({ name }) => name.endsWith('(Deprecated)'));
	expect(isDeprecated).toEqual([...isDeprecated].sort());
});
