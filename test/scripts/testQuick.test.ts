import { changedResources } from '../../scripts/lib/changed';

/** Which golden requests `npm run test:quick` sends. */

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
