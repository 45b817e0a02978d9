import { addressesIn, namedInDocs, sandboxes } from '../support/versions';

const all = sandboxes();

test('docs/self-hosted.md names the versions that are tested, and no others', () => {
	expect(namedInDocs().sort()).toEqual(all.map(({ requested }) => requested).sort());
});

test.each(all)('$folder has the version locked that it asks for', ({ requested, locked }) => {
	expect(locked).toBe(requested);
});

test.each(['.', ...all.map(({ folder }) => folder)])(
	'the lock file of %s names no registry',
	(folder) => {
		expect(addressesIn(folder)).toEqual([]);
	},
);
