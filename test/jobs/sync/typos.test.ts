import * as fc from 'fast-check';

import { isOneEditAway, TypoIndex } from '../../../nodes/Clerk/jobs/sync/typos';

/** The distance of Damerau and Levenshtein, by the textbook (optimal string alignment). */
function distance(a: string, b: string): number {
	const table = Array.from({ length: a.length + 1 }, (_, i) =>
		Array.from({ length: b.length + 1 }, (__, j) => (i === 0 ? j : j === 0 ? i : 0)),
	);
	for (let i = 1; i <= a.length; i++) {
		for (let j = 1; j <= b.length; j++) {
			const cost = a[i - 1] === b[j - 1] ? 0 : 1;
			table[i][j] = Math.min(table[i - 1][j] + 1, table[i][j - 1] + 1, table[i - 1][j - 1] + cost);
			const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
			if (isSwapped) table[i][j] = Math.min(table[i][j], table[i - 2][j - 2] + 1);
		}
	}
	return table[a.length][b.length];
}

const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 6 });

it('isOneEditAway is true exactly for texts at a distance of one at most', () => {
	fc.assert(
		fc.property(text, text, (a, b) => {
			expect(isOneEditAway(a, b)).toBe(distance(a, b) <= 1);
		}),
		{ numRuns: 2_000 },
	);
});

it('TypoIndex finds exactly the texts at a distance of one at most, each once', () => {
	fc.assert(
		fc.property(fc.array(text, { maxLength: 12 }), text, (texts, wanted) => {
			const near = [...new Set(texts)].filter((one) => distance(one, wanted) <= 1);
			expect(new TypoIndex(texts).near(wanted).sort()).toEqual(near.sort());
		}),
		{ numRuns: 500 },
	);
});
