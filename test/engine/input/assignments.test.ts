import fc from 'fast-check';

import { toObject } from '../../../nodes/Clerk/engine/input/assignments';

const read = (assignments: unknown) =>
	toObject(assignments, 'Public Metadata', { timezone: 'UTC', location: 'body' });

const readRow = (type: string, value: unknown, name = 'plan') =>
	read({ assignments: [{ id: 'a', name, type, value }] });

describe('typed fields', () => {
	it.each<[string, unknown, unknown]>([
		['string', 'pro', 'pro'],
		['string', '', ''],
		['string', 3, '3'],
		['number', 3, 3],
		['number', '3', 3],
		['number', ' -1.5 ', -1.5],
		['boolean', false, false],
		['boolean', 'true', true],
		['array', '["a", 1]', ['a', 1]],
		['array', ['a'], ['a']],
		['object', '{"a": null}', { a: null }],
		['object', { a: 1 }, { a: 1 }],
		['number', null, null],
		['string', null, null],
	])('read %s %p as %p', (type, value, sent) => {
		expect(readRow(type, value)).toEqual({ plan: sent });
	});

	it.each<[string, unknown, string]>([
		['number', 'three', 'needs a number, but got "three"'],
		['number', '', 'needs a number'],
		['number', '9007199254740993', 'is too large for a number without loss. Store it as text'],
		['number', 2 ** 53, 'is too large for a number without loss'],
		['boolean', 'yes', 'needs true or false, but got "yes"'],
		['array', '{"a": 1}', 'needs a list such as ["a", "b"]'],
		['array', '[1,]', 'is not valid JSON'],
		['object', '[1]', 'needs a JSON object'],
		['string', undefined, 'has no value: its expression returned undefined'],
		['string', '{{ $json.plan }}', 'Switch'],
		['binary', 'data', 'cannot be of the type "binary"'],
	])('reject %s %p, naming the row', (type, value, reason) => {
		const rejected = () => readRow(type, value);
		expect(rejected).toThrow('Public Metadata, row 1: plan');
		expect(rejected).toThrow(reason);
	});

	it('take a dot in a name as the way into an object, and \\. as a dot', () => {
		expect(
			read({
				assignments: [
					{ name: 'billing.plan', type: 'string', value: 'pro' },
					{ name: 'billing.seats', type: 'number', value: 3 },
					{ name: 'a\\.b', type: 'boolean', value: true },
				],
			}),
		).toEqual({ billing: { plan: 'pro', seats: 3 }, 'a.b': true });
	});

	it.each([
		[['plan', 'plan']],
		[['billing', 'billing.plan']],
		[['billing.plan', 'billing']],
		[['billing.plan', 'billing.plan']],
	])('reject the names %p, as one would be lost', (names) => {
		const assignments = names.map((name) => ({ name, type: 'string', value: 'x' }));
		expect(() => read({ assignments })).toThrow(/Public Metadata names "(plan|billing)" twice/);
	});

	it('reject a value without a name, and an empty name within a path', () => {
		expect(() => readRow('string', 'pro', ' ')).toThrow(
			'Public Metadata, row 1: has a value, but no name',
		);
		expect(() => readRow('string', 'pro', 'a..b')).toThrow('has an empty name in "a..b"');
	});

	it('pass over a row that is not filled in', () => {
		expect(read({ assignments: [{ id: 'a', name: '', type: 'string', value: '' }] })).toEqual({});
	});

	it.each([['text'], [3], [{ assignments: 'text' }], [[null]], [{ plan: 'pro' }]])(
		'reject %p',
		(value) => {
			expect(() => read(value)).toThrow('Public Metadata needs a list of fields');
		},
	);

	it('keep every key of any object, __proto__ too', () => {
		const leaf = fc.oneof(fc.string(), fc.integer(), fc.boolean());
		const name = fc.constantFrom('a', 'b', '__proto__', 'constructor');
		const { tree } = fc.letrec((tie) => ({
			tree: fc.oneof({ maxDepth: 2 }, leaf, fc.dictionary(name, tie('tree'), { minKeys: 1 })),
		}));
		const rowsOf = (value: unknown, path: string[]): object[] =>
			typeof value === 'object' && value !== null
				? Object.entries(value).flatMap(([key, inner]) => rowsOf(inner, [...path, key]))
				: [{ name: path.join('.'), type: typeof value, value }];
		fc.assert(
			fc.property(fc.dictionary(name, tree), (metadata) => {
				const hasText = JSON.stringify(metadata).includes('{{');
				fc.pre(!hasText);
				expect(JSON.stringify(read({ assignments: rowsOf(metadata, []) }))).toBe(
					JSON.stringify(metadata),
				);
			}),
		);
	});
});
