import fc from 'fast-check';

import type { ClerkRecord } from '../../../nodes/Clerk/engine/operation';
import { mergeMetadata, smallestMerge } from '../../../nodes/Clerk/jobs/shared/metadata';

const name = fc.constantFrom('a', 'b', 'c', '__proto__', 'x.y');
const { tree } = fc.letrec((tie) => ({
	tree: fc.dictionary(name, fc.oneof({ maxDepth: 3 }, fc.constantFrom(1, 'x', [1]), tie('tree'))),
}));
const metadata = tree as fc.Arbitrary<ClerkRecord>;

describe('smallestMerge', () => {
	it('has the effect of the whole merge, and changes nothing the second time', () => {
		fc.assert(
			fc.property(metadata, metadata, (stored, changes) => {
				const smallest = smallestMerge(stored, changes);
				const after = smallest ? mergeMetadata(stored, smallest) : stored;
				expect(after).toEqual(mergeMetadata(stored, changes));
				expect(smallestMerge(after, changes)).toBeUndefined();
			}),
			{ numRuns: 500 },
		);
	});
});
