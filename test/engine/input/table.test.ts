import { defineOperation, one } from '../../../nodes/Clerk/engine/operation';
import type { Field } from '../../../nodes/Clerk/engine/operation';
import { readForm } from '../../../nodes/Clerk/engine/input/readForm';
import { buildRequest } from '../../../nodes/Clerk/engine/request/buildRequest';
import { view } from '../../../nodes/Clerk/engine/operation/view';

const table = (overrides: Partial<Field> = {}): Field => ({
	displayName: 'Mappings',
	name: 'mappings',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	default: {},
	options: [
		{
			name: 'entry',
			displayName: 'Mapping',
			values: [
				{ displayName: 'Group', name: 'groupId', type: 'string', default: '', required: true },
				{ displayName: 'Precedence', name: 'precedence', type: 'number', default: 0 },
				{ displayName: 'Active', name: 'active', type: 'boolean', default: false },
			],
		},
	],
	...overrides,
});

const bodyOf = (field: Field, parameters: Record<string, unknown>, formOnly: Field[] = []) => {
	const operation = defineOperation({
		name: 'Set',
		value: 'set',
		action: 'Set thing',
		description: 'Set',
		request: 'POST /things',
		body: [field],
		formOnly,
		returns: one(view('things', ['id'])),
	});
	const read = (name: string, fallback: unknown) =>
		Object.hasOwn(parameters, name) ? parameters[name] : fallback;
	const openFile = () => {
		throw new Error('no file');
	};
	return buildRequest(operation, readForm(operation, read, 'UTC', openFile)).body;
};

describe('a table', () => {
	it('is sent as a list, without cells that hold their default', () => {
		const mappings = {
			entry: [
				{ groupId: 'g', precedence: 2, active: true },
				{ groupId: 'h', precedence: 0, active: false },
			],
		};
		expect(bodyOf(table({ required: true }), { mappings })).toEqual({
			mappings: [{ group_id: 'g', precedence: 2, active: true }, { group_id: 'h' }],
		});
	});

	it('can be given as a list of rows', () => {
		expect(bodyOf(table({ required: true }), { mappings: [{ groupId: 'g' }] })).toEqual({
			mappings: [{ group_id: 'g' }],
		});
	});

	// As n8n gives a table that an expression stands for (docs/n8n-notes.md, 14).
	it.each([{}, { entry: [] }, [], null])('is rejected when it was added empty: %j', (mappings) => {
		for (const encode of [undefined, 'map'] as const) {
			expect(() => bodyOf(table({ encode }), { additionalFields: { mappings } })).toThrow(
				'Mappings is empty. Add a row, or remove the table. An expression can fill in its cells, but not the table itself',
			);
		}
		expect(bodyOf(table(), {})).toEqual({});
	});

	it.each([
		[{}, 'Mappings is empty'],
		[{ entry: [] }, 'Mappings is empty'],
		['text', 'Mappings needs a list of rows'],
		[{ entry: 'x' }, 'Mappings needs a list of rows'],
		[[1], 'Mappings, row 1: needs an object of column names and values'],
		[{ entry: [{ groupId: 'g' }, { groupId: '' }] }, 'Mappings, row 2: Group is empty'],
		[
			[{ groupID: 'g' }],
			'Mappings, row 1: has no column "groupID". There are: groupId, precedence, active',
		],
		[[{ groupId: 'g', precedence: 'two' }], 'Mappings, row 1: Precedence needs a number'],
		[[{ groupId: null }], 'Mappings, row 1: Group is empty'],
		[[{}], 'Mappings, row 1: Group is empty'],
		[{ entry: [{ groupId: undefined }] }, 'Mappings, row 1: Group is empty'],
		[null, 'Mappings is empty'],
		[[], 'Mappings is empty'],
	])('is rejected as %j when it is required', (mappings, message) => {
		expect(() => bodyOf(table({ required: true }), { mappings })).toThrow(message);
	});

	it('is sent with null for an optional cell that is null', () => {
		expect(
			bodyOf(table(), { additionalFields: { mappings: [{ groupId: 'g', precedence: null }] } }),
		).toEqual({ mappings: [{ group_id: 'g', precedence: null }] });
	});
});

describe('a required table with a switch that empties it', () => {
	const removeAll: Field = {
		displayName: 'Remove All',
		name: 'removeAll',
		type: 'boolean',
		default: false,
	};
	const sent = (parameters: Record<string, unknown>) =>
		bodyOf(table({ required: true, emptiedBy: 'removeAll' }), parameters, [removeAll]);

	it.each([{}, { mappings: {} }, { mappings: { entry: [] } }, { mappings: [] }])(
		'is sent as an empty list when the switch is on: %j',
		(parameters) => {
			expect(sent({ ...parameters, removeAll: true })).toEqual({ mappings: [] });
			expect(sent({ ...parameters, removeAll: 'true' })).toEqual({ mappings: [] });
		},
	);

	it.each([{}, { mappings: {} }, { mappings: { entry: [] } }, { mappings: [] }])(
		'is rejected as empty when the switch is off: %j',
		(parameters) => {
			expect(() => sent(parameters)).toThrow('Mappings is empty');
			expect(() => sent({ ...parameters, removeAll: false })).toThrow('Mappings is empty');
		},
	);

	it('is rejected when it has rows and the switch is on', () => {
		const mappings = [{ groupId: 'g' }];
		expect(() => sent({ mappings, removeAll: true })).toThrow(
			'Mappings has rows, although Remove All is on',
		);
		expect(() => sent({ mappings: {}, removeAll: 'yes' })).toThrow(
			'Remove All needs true or false',
		);
		expect(sent({ mappings, removeAll: false })).toEqual({ mappings: [{ group_id: 'g' }] });
	});
});

describe('a table in a collection with a switch that empties it', () => {
	const removeAll: Field = {
		displayName: 'Remove All',
		name: 'removeAll',
		type: 'boolean',
		default: true,
	};
	const sent = (additionalFields: Record<string, unknown>) =>
		bodyOf(table({ emptiedBy: 'removeAll' }), { additionalFields }, [removeAll]);

	it.each([{}, { mappings: {} }, { mappings: { entry: [] } }, { mappings: null }])(
		'is sent as an empty list when the switch is on: %j',
		(values) => {
			expect(sent({ ...values, removeAll: true })).toEqual({ mappings: [] });
		},
	);

	it('is rejected when it is empty and the switch is off or was not added', () => {
		for (const values of [{ mappings: {} }, { mappings: {}, removeAll: false }]) {
			expect(() => sent(values)).toThrow("Mappings is empty. Add a row, or turn on 'Remove All'.");
		}
	});

	it('is left alone when only the switch was added, and is off', () => {
		expect(sent({ removeAll: false })).toEqual({});
	});

	it('is rejected when it has rows and the switch is on', () => {
		expect(() => sent({ mappings: [{ groupId: 'g' }], removeAll: true })).toThrow(
			'Mappings has rows, although Remove All is on',
		);
	});
});

describe('a table with encode: map', () => {
	const map = table({
		encode: 'map',
		required: true,
		options: [
			{
				name: 'entry',
				displayName: 'Pair',
				values: [
					{ displayName: 'Name', name: 'key', type: 'string', default: '', required: true },
					{ displayName: 'Value', name: 'value', type: 'string', default: '', required: true },
				],
			},
		],
	});

	it('is sent as an object', () => {
		const mappings = {
			entry: [
				{ key: '__proto__', value: '1' },
				{ key: 'b', value: '2' },
			],
		};
		expect(JSON.stringify(bodyOf(map, { mappings }))).toBe(
			'{"mappings":{"__proto__":"1","b":"2"}}',
		);
	});

	it.each([
		[{ key: null, value: 'a.b' }, 'Name'],
		[{ value: 'a.b' }, 'Name'],
		[{ key: 'a', value: null }, 'Value'],
	])('is rejected when a required cell is empty: %j', (row, label) => {
		expect(() => bodyOf(map, { mappings: [row] })).toThrow(`Mappings, row 1: ${label} is empty`);
	});

	it('is rejected when two rows have the same name', () => {
		const mappings = [
			{ key: 'a', value: '1' },
			{ key: 'a', value: '2' },
		];
		expect(() => bodyOf(map, { mappings })).toThrow('Mappings names "a" twice');
	});
});
