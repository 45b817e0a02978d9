import fc from 'fast-check';

import { isObject, isSame } from '../../../nodes/Clerk/engine/operation/json';
import { isDeepStrictEqual } from '../../support/equality';

describe('an object', () => {
	it.each([
		[{}, true],
		[{ a: 1 }, true],
		[[], false],
		[null, false],
		[undefined, false],
		['{}', false],
		[1, false],
	])('%j: %s', (value, expected) => {
		expect(isObject(value)).toBe(expected);
	});
});

describe('two values', () => {
	const json = fc.jsonValue({ maxDepth: 3 });

	/** -0 is 0 in JSON. */
	const asStored = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

	it('are the same where Node says so', () => {
		fc.assert(
			fc.property(json, json, (one, other) => {
				expect(isSame(asStored(one), asStored(other))).toBe(
					isDeepStrictEqual(asStored(one), asStored(other)),
				);
			}),
			{ numRuns: 500 },
		);
	});

	it('are the same as their copies, whatever the order of their keys', () => {
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
	])('%j and %j are not', (one, other) => {
		expect(isSame(one, other)).toBe(false);
		expect(isSame({ nested: one }, { nested: other })).toBe(false);
	});
});
