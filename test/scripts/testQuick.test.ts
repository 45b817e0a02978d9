import { changedResources, TESTS } from '../../scripts/lib/quick';
import { filesBelow } from '../support/documents';

/** Which tests `npm run test:quick` runs, and for which resources. */

it.each([...TESTS.whole, ...TESTS.each])('runs %s.test.ts, which there is once', (name) => {
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
])('names the resources that %j change', (files, resources) => {
	expect(changedResources(files)).toEqual(resources);
});
