import fc from 'fast-check';

import type { ClerkRecord } from '../../../nodes/Clerk/engine/operation';
import { Search } from '../../../nodes/Clerk/jobs/findByMetadata/match';
import type { Criteria, Scalar } from '../../../nodes/Clerk/jobs/findByMetadata/match';

const criteriaOf = (changes: Partial<Criteria> = {}): Criteria => ({
	path: ['k'],
	kinds: ['private', 'public'],
	match: 'equals',
	isLoose: false,
	...changes,
});

/** Searches a record, and returns the items it is found for. */
const itemsIn = (record: ClerkRecord, values: Scalar[], changes: Partial<Criteria> = {}) => {
	const search = new Search(criteriaOf(changes), new Map(values.entries()));
	const matches = search.matchesOf(record);
	return [...matches.keys()].flatMap(({ items }) => items).sort((a, b) => a - b);
};

const own = (metadata: unknown) => ({ private_metadata: metadata }) as ClerkRecord;

describe('a search', () => {
	it.each<[string, unknown, Scalar, Partial<Criteria>, boolean]>([
		['text', { k: 'a' }, 'a', {}, true],
		['text in another case', { k: 'A' }, 'a', { isLoose: true }, false],
		['a number', { k: 1 }, 1, {}, true],
		['a fraction', { k: 1.5 }, 1.5, {}, true],
		['a boolean', { k: false }, false, {}, true],
		['text for a number', { k: 1 }, '1', {}, false],
		['a number for text', { k: '1' }, 1, {}, false],
		['text for a number, loosely', { k: 1 }, '1', { isLoose: true }, true],
		['text for a boolean, loosely', { k: true }, ' true', { isLoose: true }, true],
		['text with blanks', { k: 'a ' }, 'a', {}, false],
		['text with blanks, loosely', { k: 'a ' }, 'a', { isLoose: true }, true],
		['an integer, loosely', { k: 2 ** 53 - 1 }, '9007199254740991', { isLoose: true }, true],
		['a fraction, loosely', { k: 0.5 }, '0.5', { isLoose: true }, true],
		[
			'an integer that may have lost digits, loosely',
			{ k: 2 ** 53 },
			'9007199254740992',
			{ isLoose: true },
			false,
		],
		[
			'such an integer in a list',
			{ k: [-(2 ** 60)] },
			String(-(2 ** 60)),
			{ isLoose: true, match: 'listContains' },
			false,
		],
		['the same digits as text', { k: '9007199254740993' }, '9007199254740993', {}, true],
		['null', { k: null }, 'null', { isLoose: true }, false],
		['an object', { k: { a: 1 } }, '[object Object]', { isLoose: true }, false],
		['a list of one', { k: ['a'] }, 'a', {}, false],
		['a part of a text', { k: 'ab' }, 'a', {}, false],
		['an entry', { k: ['b', 'a'] }, 'a', { match: 'listContains' }, true],
		['an entry of another type', { k: ['1'] }, 1, { match: 'listContains' }, false],
		['an entry, loosely', { k: ['1'] }, 1, { match: 'listContains', isLoose: true }, true],
		['an entry of a list within', { k: [['a']] }, 'a', { match: 'listContains' }, false],
		['a single value for a list', { k: 'a' }, 'a', { match: 'listContains' }, false],
		['an object within', { k: { l: 'a' } }, 'a', { path: ['k', 'l'] }, true],
		['a name with a dot', { 'k.l': 'a' }, 'a', { path: ['k.l'] }, true],
		['a name with a dot for an object', { k: { l: 'a' } }, 'a', { path: ['k.l'] }, false],
		['the entry of a list by its place', { k: ['a'] }, 'a', { path: ['k', '0'] }, false],
		['a value that holds nothing further', { k: 'a' }, 'a', { path: ['k', 'length'] }, false],
		['an inherited name', {}, 'Object', { path: ['constructor', 'name'] }, false],
		['metadata that is null', null, 'a', {}, false],
	])('compares %s', (_, metadata, value, changes, isFound) => {
		expect(itemsIn(own(metadata), [value], changes)).toEqual(isFound ? [0] : []);
	});

	it('finds __proto__ as a key like any other', () => {
		const stored = JSON.parse('{ "__proto__": { "k": "a" } }') as unknown;
		expect(itemsIn(own(stored), ['a'], { path: ['__proto__', 'k'] })).toEqual([0]);
		expect(itemsIn(own({}), ['a'], { path: ['__proto__', 'k'] })).toEqual([]);
	});

	it.each([
		['null', { k: null }, true],
		['an empty text', { k: '' }, true],
		['nothing', {}, false],
		['nothing, in unsafe metadata that is not asked for', { l: 1 }, false],
	])('finds a key that holds %s', (_, metadata, isFound) => {
		const record = { ...own(metadata), unsafe_metadata: { k: 1 } };
		expect(itemsIn(record, [], { match: 'exists' })).toEqual(isFound ? [0] : []);
	});

	it('names the trustworthy kind of metadata where several have the value', () => {
		const search = new Search(
			criteriaOf({ kinds: ['unsafe', 'public'] }),
			new Map<number, Scalar>([[0, 'a']]),
		);
		const kindsOf = (record: ClerkRecord) => [...search.matchesOf(record).values()];
		const a = { k: 'a' };
		expect(kindsOf({ unsafe_metadata: a, public_metadata: a })).toEqual(['public']);
		expect(kindsOf({ unsafe_metadata: a, private_metadata: a })).toEqual(['unsafe']);
	});

	/** The same, as plainly as it can be said: every value against every record. */
	const plainly = (record: ClerkRecord, values: Scalar[], criteria: Criteria): number[] => {
		const { path, kinds, match, isLoose } = criteria;
		const step = (at: unknown, name: string): unknown =>
			typeof at === 'object' && at !== null && !Array.isArray(at)
				? Object.entries(at).find(([key]) => key === name)?.[1]
				: undefined;
		const stored = kinds.map((kind) => path.reduce(step, record[`${kind}_metadata`]));
		const text = (value: unknown) => String(value).trim();
		const isScalar = (value: unknown) => value !== null && typeof value !== 'object';
		const isSame = (one: unknown, other: Scalar) =>
			isScalar(one) && (isLoose ? text(one) === text(other) : one === other);
		if (match === 'exists') return stored.some((one) => one !== undefined) ? [0] : [];
		return [...values.keys()].filter((at) =>
			stored
				.filter((one) => one !== undefined)
				.some((one) =>
					match === 'equals'
						? isSame(one, values[at])
						: Array.isArray(one) && one.some((entry) => isSame(entry, values[at])),
				),
		);
	};

	const name = fc.constantFrom('a', 'b', '__proto__', 'a.b', 'length', '0');
	const scalar = fc.constantFrom<Scalar>('1', 1, ' 1', true, 'true', 'x', 0, '0', '');
	const leaf = fc.oneof(scalar, fc.constant(null), fc.array(fc.oneof(scalar, fc.constant(null))));
	const { tree } = fc.letrec((tie) => ({
		tree: fc.dictionary(name, fc.oneof({ maxDepth: 3 }, leaf, tie('tree')), { maxKeys: 4 }),
	}));
	const kind = fc.constantFrom('public' as const, 'private' as const, 'unsafe' as const);

	it('finds what comparing every value with every record finds', () => {
		let found = 0;
		fc.assert(
			fc.property(
				fc.record({ private_metadata: tree, public_metadata: tree, unsafe_metadata: tree }),
				fc.array(scalar, { maxLength: 6 }),
				fc.record({
					path: fc.array(name, { minLength: 1, maxLength: 3 }),
					kinds: fc.uniqueArray(kind, { minLength: 1 }),
					match: fc.constantFrom('equals' as const, 'listContains' as const, 'exists' as const),
					isLoose: fc.boolean(),
				}),
				(record, values, criteria) => {
					const items = itemsIn(record as ClerkRecord, values, criteria);
					expect(items).toEqual(plainly(record as ClerkRecord, values, criteria));
					found += items.length;
				},
			),
			{ numRuns: 2_000 },
		);
		expect(found).toBeGreaterThan(200);
	});
});
