import { changedResources, TESTS } from '../../scripts/testQuick';
import { filesBelow } from '../support/documents';

/** The tests that `npm run test:quick` runs, and their resources. */

it.each([...TESTS.whole, ...TESTS.each])('test:quick runs the existing file %s.test.ts', (name) => {
	expect(filesBelow('test').filter((file) => file.endsWith(`/${name}.test.ts`))).toHaveLength(1);
});

it.each<[string[], string[] | 'all']>([
	[[], []],
	[['README.md', 'nodes/Clerk/views/user.ts', 'nodes/Clerk/resources/index.ts'], []],
	[['test/examples/user.json', 'nodes/Clerk/resources/user/archive.ts'], ['user']],
	[
		['nodes/Clerk/resources/user/get.ts', 'nodes/Clerk/resources/apiKey/get.ts'],
		['apiKey', 'user'],
	],
	[['nodes/Clerk/fields/paging.ts', 'nodes/Clerk/resources/user/get.ts'], 'all'],
	[['nodes/Clerk/engine/request/nesting.ts'], 'all'],
])('changedResources finds the resources of %j', (files, resources) => {
	expect(changedResources(files)).toEqual(resources);
});
