import { addressesIn, namedInReadme, sandboxes } from '../support/versions';

const all = sandboxes();

test('the README names the versions that are tested, and no others', () => {
	expect(namedInReadme().sort()).toEqual(all.map(({ asked }) => asked).sort());
});

test.each(all)('$folder has the version locked that it asks for', ({ asked, locked }) => {
	expect(locked).toBe(asked);
});

test.each(['.', ...all.map(({ folder }) => folder)])(
	'the lock file of %s names no registry',
	(folder) => {
		expect(addressesIn(folder)).toEqual([]);
	},
);
