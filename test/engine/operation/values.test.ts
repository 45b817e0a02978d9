import fc from 'fast-check';

import { isObject, isSame } from '../../../nodes/Clerk/engine/operation/values';
import { isDeepStrictEqual } from '../../support/equality';

describe('isObject', () => {
	it.each([
		[{}, true],
		[{ a: 1 }, true],
		[[], false],
		[null, false],
		[undefined, false],
		['{}', false],
		[1, false],
	])('returns for %j: %s', (value, expected) => {
		expect(isObject(value)).toBe(expected);
	});
});

describe('isSame', () => {
	const json = fc.jsonValue({ maxDepth: 3 });

	/** -0 is 0 in JSON. */
	const asStored = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

	it('agrees with isDeepStrictEqual of Node on any JSON', () => {
		fc.assert(
			fc.property(json, json, (one, other) => {
				expect(isSame(asStored(one), asStored(other))).toBe(
					isDeepStrictEqual(asStored(one), asStored(other)),
				);
			}),
			{ numRuns: 500 },
		);
	});

	it('returns true for copies, whatever the order of their keys', () => {
		fc.assert(
			fc.property(json, (value) => {
				expect(isSame(value, asStored(value))).toBe(true);
			}),
		);
		expect(isSame({ a: 1, b: [{ c: 2, d: 3 }] }, { b: [{ d: 3, c: 2 }], a: 1 })).toBe(true);
	});

	it.each([
		[null, {}],
		[{}, null],
		[null, undefined],
		[{}, []],
		[[], {}],
		[{ a: 1 }, { a: 1, b: 2 }],
		[{ a: 1, b: 2 }, { a: 1 }],
		[
			{ a: 1, b: 2 },
			{ a: 1, b: 3 },
		],
		[{ a: undefined }, { b: undefined }],
		[
			{ a: 1, b: 2 },
			{ a: 1, c: 2 },
		],
		[
			[1, 2],
			[2, 1],
		],
		[[1], { 0: 1 }],
		['a', { 0: 'a' }],
		[{ 0: 'a' }, 'a'],
		[1, '1'],
		[{}, { toString: undefined }],
	])('returns false for %j and %j', (one, other) => {
		expect(isSame(one, other)).toBe(false);
		expect(isSame({ nested: one }, { nested: other })).toBe(false);
	});
});
