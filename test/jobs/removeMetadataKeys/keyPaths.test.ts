import fc from 'fast-check';

import type { ClerkRecord } from '../../../nodes/Clerk/engine/operation';
import { keyRemoval } from '../../../nodes/Clerk/jobs/removeMetadataKeys/keyPaths';
import { mergeMetadata } from '../../../nodes/Clerk/jobs/shared/metadata';

const name = fc.constantFrom('a', 'b', 'c', '__proto__', 'x.y');
const { tree } = fc.letrec((tie) => ({
	tree: fc.dictionary(name, fc.oneof({ maxDepth: 3 }, fc.constantFrom(1, 'x', [1]), tie('tree'))),
}));
const metadata = tree as fc.Arbitrary<ClerkRecord>;
const paths = fc.array(fc.array(name, { minLength: 1, maxLength: 3 }), { maxLength: 5 });

describe('keyRemoval', () => {
	const has = (stored: unknown, [head, ...rest]: string[]): boolean =>
		stored instanceof Object &&
		!Array.isArray(stored) &&
		Object.hasOwn(stored, head) &&
		(rest.length === 0 || has((stored as ClerkRecord)[head], rest));

	it('removes exactly the listed keys of any metadata, and finds none the second time', () => {
		fc.assert(
			fc.property(metadata, paths, (stored, listed) => {
				const { patch, removed, missing } = keyRemoval(stored, listed);
				expect([...removed, ...missing]).toHaveLength(listed.length);
				const after = patch ? mergeMetadata(stored, patch) : stored;
				for (const path of listed) expect(has(after, path)).toBe(false);
				const expected = JSON.parse(JSON.stringify(stored)) as ClerkRecord;
				for (const path of removed) drop(expected, path);
				expect(JSON.stringify(after)).toBe(JSON.stringify(expected));
				expect(keyRemoval(after, listed)).toEqual({
					patch: undefined,
					removed: [],
					missing: listed,
				});
			}),
			{ numRuns: 500 },
		);
	});

	it('removes a key below __proto__, as of any other key', () => {
		const odd = JSON.parse('{"__proto__":{"a":1,"b":2}}') as ClerkRecord;
		const { patch } = keyRemoval(odd, [['__proto__', 'a']]);
		expect(JSON.stringify(patch)).toBe('{"__proto__":{"a":null}}');
		expect(({} as ClerkRecord).a).toBeUndefined();
	});
});

function drop(stored: ClerkRecord, [head, ...rest]: string[]): void {
	if (!Object.hasOwn(stored, head)) return;
	const holder = stored as Record<string, unknown>;
	if (rest.length === 0) delete holder[head];
	else drop(holder[head] as ClerkRecord, rest);
}
