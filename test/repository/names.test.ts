import { differenceOf, readNames } from '../../scripts/lib/names';
import { readSnapshot } from '../support/snapshot';

/** The names that saved workflows contain; `npm run names -- --write` updates their snapshot. */

test('the names are those of the snapshot', () => {
	const difference = differenceOf(readSnapshot(), readNames());
	if (difference) throw new Error(`The stored names changed:\n${difference}`);
});
