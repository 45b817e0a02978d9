import { differenceOf, namesOfForm, readNames } from '../../scripts/lib/names';
import { readSnapshot } from '../support/snapshot';

/** The names that saved workflows contain; `npm run names -- --write` updates their snapshot. */

test('the names are those of the snapshot', () => {
	const difference = differenceOf(readSnapshot(), readNames());
	if (difference) throw new Error(`The stored names changed:\n${difference}`);
});

test('differenceOf reports a removed name as a breaking change, and a new one not', () => {
	expect(differenceOf(['a', 'b'], ['a', 'b'])).toBe('');
	expect(differenceOf(['a', 'b'], ['a', 'c'])).toMatch(
		/^- b\n\+ c\n\nA removed line is a breaking/,
	);
	expect(differenceOf(['a'], ['a', 'c'])).toMatch(/^\+ c\n\nNothing is removed/);
});

test('namesOfForm returns each name with its path in the form', () => {
	const show = { resource: ['user'], operation: ['get'] };
	const text = { type: 'string' as const, default: '' };
	const choice = { name: 'Any', value: 'any' };
	const options = [choice];
	expect(
		namesOfForm('clerk', [
			{
				displayName: 'R',
				name: 'resource',
				type: 'options',
				default: '',
				options: [{ name: 'User', value: 'user' }],
			},
			{
				displayName: 'O',
				name: 'operation',
				type: 'options',
				default: '',
				options: [{ name: 'Get', value: 'get' }],
				displayOptions: { show: { resource: ['user'] } },
			},
			{
				displayName: 'Beware',
				name: 'notice',
				type: 'notice',
				default: '',
				displayOptions: { show },
			},
			{
				displayName: 'User',
				name: 'userId',
				type: 'resourceLocator',
				default: '',
				modes: [{ displayName: 'By ID', name: 'id', type: 'string' }],
				displayOptions: { show },
			},
			{
				displayName: 'Filters',
				name: 'filters',
				type: 'collection',
				default: {},
				options: [{ ...text, displayName: 'Kind', name: 'kind', type: 'options', options }],
				displayOptions: { show },
			},
			{
				displayName: 'Rows',
				name: 'rows',
				type: 'fixedCollection',
				default: {},
				options: [
					{
						displayName: 'Row',
						name: 'row',
						values: [{ ...text, displayName: 'Cell', name: 'cell' }],
					},
				],
			},
			{
				...text,
				displayName: 'Elsewhere',
				name: 'elsewhere',
				displayOptions: { show: { operation: ['create'] } },
			},
		]),
	).toEqual([
		'clerk user.get',
		'clerk user.get userId',
		'clerk user.get userId by id',
		'clerk user.get filters',
		'clerk user.get filters.kind',
		'clerk user.get filters.kind = any',
		'clerk user.get rows',
		'clerk user.get rows.row.cell',
	]);
});
