import { nextVersion } from '../../scripts/version';
import { releasedPackage } from '../support/release';

/** `npm run version:next`: the names saved in workflows decide the version. */

describe('nextVersion', () => {
	test.each([
		['a patch when no name changed', '1.2.3', [], '1.2.4', 'patch'],
		['a minor when a name is new', '1.2.3', ['+ c'], '1.3.0', 'minor'],
		['a major when a name was removed', '1.2.3', ['- b'], '2.0.0', 'major'],
		['a major when a name changed', '1.2.3', ['- b', '+ c'], '2.0.0', 'major'],
		['a minor before 1.0.0 when a name was removed', '0.4.2', ['- b'], '0.5.0', 'minor'],
		['a patch before 1.0.0 when no name changed', '0.4.2', [], '0.4.3', 'patch'],
	])('returns %s', (_, version, changes, expected, bump) => {
		expect(nextVersion(version, changes)).toEqual({ version: expected, bump });
	});

	it('rejects a text that is no version', () => {
		expect(() => nextVersion('latest', [])).toThrow('Not a version such as 1.2.3: latest');
	});
});

describe('version:next', () => {
	it('prints the version of package.json before the first release', async () => {
		const repository = releasedPackage();
		try {
			repository.commit({ version: '0.1.0', names: ['a'] });
			expect(await repository.next()).toMatchObject({
				code: 0,
				output: expect.stringMatching(/^0\.1\.0\n/),
			});
		} finally {
			repository.remove();
		}
	});

	it('compares with the last release, not with later commits', async () => {
		const repository = releasedPackage();
		try {
			repository.commit({ version: '1.0.0', names: ['a'] });
			repository.tag('v1.0.0');
			repository.tag('nightly-2');
			repository.commit({ version: '1.0.0', names: ['a', 'b'] });
			repository.commit({ version: '1.0.0', names: ['a', 'b', 'c'] });
			const { output } = await repository.next();
			expect(output).toBe(
				'1.1.0\nminor: since v1.0.0, 0 names are gone and 2 are new.\n+ b\n+ c\n',
			);
		} finally {
			repository.remove();
		}
	});

	it('rejects a release whose version is too low, also after it was tagged', async () => {
		const repository = releasedPackage();
		try {
			repository.commit({ version: '1.0.0', names: ['a', 'b'] });
			repository.tag('v1.0.0');
			repository.commit({ version: '1.0.1', names: ['a'] });
			repository.tag('v1.0.1');
			expect(await repository.next('--check')).toEqual({
				code: 1,
				output: expect.stringMatching(/^2\.0\.0\n[^]*package\.json says 1\.0\.1, which is too low/),
			});
			repository.commit({ version: '2.0.0', names: ['a'] });
			expect(await repository.next('--check')).toMatchObject({ code: 0 });
		} finally {
			repository.remove();
		}
	});
});
