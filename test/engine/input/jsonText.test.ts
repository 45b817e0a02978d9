import fc from 'fast-check';

import { findFault } from '../../../nodes/Clerk/engine/input/jsonText';

describe('findFault', () => {
	it.each([
		['{"a": 1,}', 8, 'there is a comma before the end'],
		['[1, ]', 4, 'there is a comma before the end'],
		["{'a': 1}", 1, 'it needs straight double quotes'],
		['{“a”: 1}', 1, 'it needs straight double quotes'],
		['"plan": "pro"', 6, 'it needs braces around it: { … }'],
		['plan: pro', 0, 'it needs braces around it: { … }'],
		['{"a": pro}', 6, undefined],
		['{"a": "x"y"}', 9, undefined],
		['{"a": 01}', 6, undefined],
		['{"a" 1}', 5, undefined],
		['{"a": 1', 7, undefined],
		['{"a": "x', 8, undefined],
		['{"a": "x\ny"}', 8, 'a text contains a line break or a tab'],
		['{"a": "\\x"}', 7, undefined],
		['{} {}', 3, undefined],
		['', 0, undefined],
		['{"crmId": 912345678901234567}', 10, 'a number loses digits: write it in quotes'],
		['[1, -12345678901234567890]', 4, 'a number loses digits: write it in quotes'],
		['99999999999999999999999999', 0, 'a number loses digits: write it in quotes'],
		['{"name": "x", "role": "admin", "role": "member"}', 31, 'an object has the same name twice'],
	])('of %j is at %i: %s', (text, at, cause) => {
		expect(findFault(text)).toEqual({ at, cause });
	});

	it('allows a name in two objects, and one that every object has', () => {
		expect(findFault('[{"a": {"a": 1}}, {"a": 2, "constructor": 1, "__proto__": 2}]')).toBe(
			undefined,
		);
	});

	it('allows a number that keeps its digits', () => {
		expect(
			findFault('[9007199254740991, 1e300, 0.1234567890123456789, -0, "912345678901234567"]'),
		).toBe(undefined);
	});

	it('is undefined for JSON, however it is indented', () => {
		fc.assert(
			fc.property(fc.jsonValue(), fc.constantFrom(undefined, 2, '\t'), (value, indent) => {
				expect(findFault(JSON.stringify(value, undefined, indent))).toBe(undefined);
			}),
		);
	});

	it('is there for every other text', () => {
		const nearly = fc.oneof(
			fc.string({ unit: fc.constantFrom(...'{}[]",:\\ tru1e-+.0\n') }),
			fc
				.tuple(fc.json(), fc.nat(), fc.string({ maxLength: 2 }))
				.map(([json, at, text]) => json.slice(0, at % (json.length + 1)) + text),
		);
		fc.assert(
			fc.property(nearly, (text) => {
				let isJson = true;
				try {
					JSON.parse(text);
				} catch {
					isJson = false;
				}
				const fault = findFault(text);
				if (!isJson) expect(fault).toBeDefined();
				else if (fault) {
					expect([
						'an object has the same name twice',
						'a number loses digits: write it in quotes',
					]).toContain(fault.cause);
				}
			}),
			{ numRuns: 1000 },
		);
	});
});
