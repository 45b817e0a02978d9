import { SNAPSHOT, readNames } from '../../scripts/names';
import { readText } from '../support/files';

/** The names that saved workflows contain; `npm run names` updates their snapshot. */

test('the names are those of the snapshot', () => {
	const before = readText(SNAPSHOT).trim().split('\n');
	const now = readNames();
	const removed = before.filter((name) => !now.includes(name));
	const added = now.filter((name) => !before.includes(name));
	// A removed name is a breaking change: saved workflows hold it. Bring it back, or release a major version.
	expect({ removed, added }).toEqual({ removed: [], added: [] });
});
