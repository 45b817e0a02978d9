import {
	called,
	nested,
	derived,
	each,
	pickFields,
	simplify,
	view,
	wholeInCamelCase,
} from '../../../nodes/Clerk/engine/operation/view';
import { isHashTable } from '../../support/isHashTable';

const things = view('things', [
	'id',
	'createdAt',
	'publicMetadata',
	derived('loud', ({ name }) => (name as string | undefined)?.toUpperCase()),
	each('parts', ['id', 'partName']),
]);

describe('simplify', () => {
	it('returns the fields of the view in its order, and no others', () => {
		const record = { secret: 1, parts: [], created_at: 5, id: 'x', name: 'a' };
		expect(Object.entries(simplify(record, things))).toEqual([
			['id', 'x'],
			['createdAt', 5],
			['publicMetadata', null],
			['loud', 'A'],
			['parts', []],
		]);
	});

	it('returns null for fields that Clerk left out, so that every item has the same columns', () => {
		expect(simplify({}, things)).toEqual({
			id: null,
			createdAt: null,
			publicMetadata: null,
			loud: null,
			parts: [],
		});
	});

	it('reads a field or rows under another name with called() and each()', () => {
		const renamed = view('things', [called('signInUrl', 'url'), each('parts', ['id'], 'data')]);
		const record = { url: 'https://x.y', data: [{ id: 1, more: 2 }], parts: [{ id: 3 }] };
		expect(simplify(record, renamed)).toEqual({ signInUrl: 'https://x.y', parts: [{ id: 1 }] });
		expect(simplify({}, renamed)).toEqual({ signInUrl: null, parts: [] });
	});

	it('keeps the keys below the names given to deep(), and below no other', () => {
		const record = { move: { mappings: { 'org:a_b': 'x_y' }, some_thing: { a_b: 1 } } };
		const { move } = simplify(record, view('things', [nested('move', ['mappings'])]));
		expect(move).toEqual({ mappings: { 'org:a_b': 'x_y' }, someThing: { aB: 1 } });
		const { move: whole } = simplify(record, view('things', [nested('move')]));
		expect(whole).toEqual({ mappings: { 'org:aB': 'x_y' }, someThing: { aB: 1 } });
	});

	it('wholeInCamelCase: returns all keys in camelCase, except those in metadata', () => {
		const record = {
			created__at: 5,
			nothing_here: null,
			some_things: [{ a_b: 1 }, 'c_d', [{ e_f: 2 }]],
			public_metadata: { a_b: 1 },
			_hidden: { g_h: 3 },
		};
		expect(wholeInCamelCase(record)).toEqual({
			createdAt: 5,
			nothingHere: null,
			someThings: [{ aB: 1 }, 'c_d', [{ eF: 2 }]],
			publicMetadata: { a_b: 1 },
			Hidden: { gH: 3 },
		});
	});

	it.each([0, false, '', null])('keeps the value %p', (value) => {
		expect(simplify({ created_at: value }, things).createdAt).toBe(value);
	});

	it('keeps the keys of metadata', () => {
		const stored = { snake_case: { Deep_Key: [{ an_other: 1 }] }, camelCase: 2 };
		expect(simplify({ public_metadata: stored }, things).publicMetadata).toBe(stored);
	});

	it('pickFields: returns only the chosen fields, in the order chosen', () => {
		const record = { id: 'x', created_at: 5 };
		const chosen = pickFields(things, ['createdAt', 'id']);
		expect(Object.entries(simplify(record, chosen))).toEqual([
			['createdAt', 5],
			['id', 'x'],
		]);
	});

	it('returns an object that V8 does not store as a hash table, even with many fields', () => {
		const fields = Array.from({ length: 60 }, (_, number) => `field${number}`);
		expect(isHashTable(simplify({ field1: 'x' }, view('things', fields)))).toBe(false);
	});

	it('simplifies each record of a nested list', () => {
		const record = { parts: [{ id: 'p', part_name: 'q', hidden: 1 }] };
		expect(simplify(record, things).parts).toEqual([{ id: 'p', partName: 'q' }]);
	});
});
