import { locators } from '../../nodes/Clerk/fields/locators';
import { operationFile, planOf, withOperation } from '../../scripts/lib/scaffold';
import { copyPackage } from '../support/copy';

/**
 * Adding an operation means its file, a line in its resource's index and its golden examples: that
 * is all the scaffold writes, and the checks pass.
 */

const SLOW = 60_000;

it(
	'adds an operation whose checks pass',
	async () => {
		const copy = copyPackage();
		try {
			await copy.runScript('scaffold.js', 'user', 'liftBan', 'POST /users/{user_id}/unban');
			// A resource that there is not yet, with an id that nothing lists.
			await copy.runScript('scaffold.js', 'moon', 'getAll', 'GET /planets/{planetID}/moons');

			expect(copy.read('nodes/Clerk/resources/user/index.ts')).toMatch(
				/import \{ liftBan \} from '\.\/liftBan';[^]*operations: \[[^]*\bliftBan\b/,
			);
			const [typed, tested, printed] = await Promise.all([
				copy.typeCheck(),
				copy.goldenTest('user.liftBan|moon.getAll'),
				copy.runScript('operations.js', '--json'),
			]);
			expect(typed).toBe('');
			expect(tested).toMatch(/✓ show every field of the form/);
			expect(tested).toMatch(/✓ planetId must not be empty/);
			expect(JSON.parse(printed)).toEqual(
				expect.arrayContaining([
					expect.objectContaining({
						resource: 'user',
						operation: 'liftBan',
						method: 'POST',
						path: '/users/{user_id}/unban',
						fields: [{ parameter: 'userId', in: 'path', wire: 'user_id', required: true }],
					}),
					expect.objectContaining({ resource: 'moon', list: 'data' }),
				]),
			);
		} finally {
			copy.remove();
		}
	},
	SLOW,
);

it('keeps the index in order', () => {
	const index = [
		"import { defineResource } from '../../engine/operation';",
		"import { ban } from './ban';",
		"import { get } from './get';",
		'',
		"export const user = defineResource({ value: 'user', operations: [ban, get] });",
	];
	const added = (operation: string, request: string) =>
		withOperation(index.join('\n'), planOf('user', operation, request, locators));

	expect(added('delete', 'DELETE /users/{user_id}').split('\n')).toEqual([
		...index.slice(0, 2),
		"import { deleteUser } from './delete';",
		...index.slice(2, 4),
		"export const user = defineResource({ value: 'user', operations: [ban, deleteUser, get] });",
	]);
	expect(added('unban', 'POST /users/{user_id}/unban')).toContain(
		"import { get } from './get';\nimport { unban } from './unban';\n\n",
	);
});

it('spells names as this package does', () => {
	const plan = planOf('apiKey', 'get', 'GET /api_things/{apiThingID}', locators);
	const file = operationFile(plan);
	expect(file).toContain("displayName: 'API Thing ID'");
	expect(file).toContain("name: 'apiThingId'");
	expect(file).toContain("wire: 'apiThingID'");
});

it.each([
	['user', 'get', '/users', 'Not a request'],
	['user', 'get', 'FETCH /users', 'Not a request'],
	['Users', 'get', 'GET /users', 'Not a name'],
	['user', '../get', 'GET /users', 'Not a name'],
])('refuses %s %s "%s"', (resource, operation, request, message) => {
	expect(() => planOf(resource, operation, request, locators)).toThrow(message);
});

it('writes over nothing', async () => {
	await expect(
		(async () => {
			const copy = copyPackage();
			try {
				await copy.runScript('scaffold.js', 'user', 'get', 'GET /users/{user_id}');
			} finally {
				copy.remove();
			}
		})(),
	).rejects.toThrow('There is a nodes/Clerk/resources/user/get.ts already.');
});
