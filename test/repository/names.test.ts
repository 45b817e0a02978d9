import { differenceFromSnapshot } from '../../scripts/names';

/** The names that saved workflows contain; `npm run names -- --write` updates their snapshot. */

test('the names are those of the snapshot', () => {
	const difference = differenceFromSnapshot();
	if (difference) throw new Error(`The stored names changed:\n${difference}`);
});
