import { SNAPSHOT, readNames } from '../../scripts/names';
import { readText } from '../support/files';

/** The names that saved workflows contain; `npm run names` updates their snapshot. */

test('the names are those of the snapshot', () => {
	const before = readText(SNAPSHOT).trim().split('\n');
	const now = readNames();
	const removed = before.filter((name) => !now.includes(name));
	const added = now.filter((name) => !before.includes(name));
	expect({
		'removed, which breaks saved workflows': removed,
		'added, for "npm run names" to save': added,
	}).toEqual({
		'removed, which breaks saved workflows': [],
		'added, for "npm run names" to save': [],
	});
});
