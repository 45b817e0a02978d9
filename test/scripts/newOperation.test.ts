import { newOperation } from '../../scripts/newOperation';
import { exportedName, operationFile, planOf, withExport } from '../../scripts/lib/newOperation';
import digestOfClerk from '../../spec/digest.json';
import type { Digest } from '../../scripts/lib/digest';
import { runScript } from '../support/command';
import { copyPackage } from '../support/copy';

/**
 * A new operation is a file, a line in the index of its resource and golden examples. `npm run
 * new-operation` starts all of them, with or without Clerk's document, and the checks of them pass.
 */

const SLOW = 180_000;

const digest = digestOfClerk as unknown as Digest;

const string = { type: 'string' };
const required = { required: true };

/** Operations that a new version of Clerk's document could add. */
const ADDED = {
	'POST /users/{user_id}/badges': {
		path: { user_id: { ...string, ...required } },
		sends: 'json',
		body: {
			label: { ...string, ...required },
			color: { ...string, enum: ['light_blue', 'amber'], ...required },
			shape: { ...string, enum: ['round', 'square'] },
			level: { type: 'integer', minimum: 1, maximum: 5, ...required },
			is_public: { type: 'boolean' },
			organization_id: string,
			reasons: { type: 'array', items: 'string', minItems: 1 },
			details: { type: 'object' },
			'look.icon_name': string,
			look: { type: 'object' },
			steps: { type: 'array', items: 'object' },
			'steps.name': string,
			expires_at: { ...string, format: 'date-time' },
			share_token: string,
			plan: { type: 'array', items: 'string' },
		},
		responseType: 'nothing',
	},
	'GET /badges': {
		query: {
			color: { type: 'array', items: 'string', enum: ['light_blue', 'amber'] },
			is_public: { type: 'boolean' },
			min_level: { type: 'integer' },
			query: string,
			limit: { type: 'integer', minimum: 1, maximum: 500 },
			offset: { type: 'integer', minimum: 0 },
			paginated: { type: 'boolean' },
		},
		list: 'data',
		response: 'Badge',
	},
};

const Badge = { id: string, object: string, is_public: { type: 'boolean' }, iconURL: string };

it(
	'new-operation writes an operation whose checks pass',
	async () => {
		const copy = copyPackage();
		try {
			const operations = { ...digest.operations, ...ADDED };
			const records = { ...digest.records, Badge };
			copy.write('spec/digest.json', JSON.stringify({ ...digest, operations, records }));

			const [output, , outputOfBare, , refused] = await copy.newOperations([
				['POST', '/users/{user_id}/badges', 'user', 'createBadge'],
				['GET', '/badges', 'userBadge', 'getAll'],
				// Two operations that the document lacks; one of a new resource, with an ID that no route lists.
				['POST', '/users/{user_id}/lift_ban', 'user', 'liftBan'],
				['GET', '/planets/{planetID}/moons', 'moon', 'getAll'],
				['POST', '/users/{user_id}/new', 'user', 'get'],
			]);

			expect(output).toContain('wrote nodes/Clerk/resources/user/createBadge.ts');
			expect(output).not.toContain('has no such route');
			expect(outputOfBare).toContain('has no such route');
			const file = copy.read('nodes/Clerk/resources/user/createBadge.ts');
			expect(file).toMatch(
				/displayName: 'Level',[^}]*minValue: 1, maxValue: 5, numberPrecision: 0/,
			);
			expect(file).toMatch(/name: 'isPublic',\s*type: 'boolean',\s*default: true/);
			expect(file).toMatch(/name: 'lookIconName',[^}]*wire: 'look\.icon_name'/);
			expect(file).toMatch(/path: \[\s*locate\('user', \{/);
			expect(file).toMatch(/locate\('organization', \{/);
			expect(copy.read('nodes/Clerk/resources/user/index.ts')).toMatch(
				/import \{ liftBan \} from '\.\/liftBan';[^]*operations: \[[^]*\bliftBan\b/,
			);

			const testing = copy.operationTest(
				"user.createBadge|userBadge.getAll|(user.liftBan|moon.getAll)(?! is as Clerk's)",
			);
			// Four operations, the indexes of three resources and the list of them, and two views.
			expect(copy.typeCheck()).toEqual({ files: 10, errors: [] });
			const tested = await testing;
			// An author adds the other examples, and is told so.
			expect(tested.match(/✕ \w+/g)).toEqual(Array(4).fill('✕ exist'));
			expect(tested).toMatch(/user\.json: key \\*"createBadge\\*" lacks \\*"cleared/);
			expect(tested).toMatch(/user\.createBadge, in [^\n]+\n\s+✓ required[^\n]*\n\s+✓ every/);
			expect(tested).toMatch(/userBadge\.getAll, in [^\n]+\n\s+✓ required[^\n]*\n\s+✓ every/);
			expect(tested).toMatch(/✓ user\.createBadge is as Clerk's API has it/);
			expect(tested).toMatch(/✓ userBadge\.getAll is as Clerk's API has it/);
			expect(tested).toMatch(/user\.liftBan, in [^\n]+\n\s+✓ required/);
			expect(tested).toMatch(/moon\.getAll, in [^\n]+\n\s+✓ required/);
			expect(copy.read('nodes/Clerk/resources/user/liftBan.ts')).toMatch(
				/request: 'POST \/users\/\{user_id\}\/lift_ban',\s+path: \[locate\('user', \{ required: true/,
			);
			expect(copy.read('nodes/Clerk/resources/moon/getAll.ts')).toMatch(/returns: list\(moon, /);
			expect(refused).toContain('There is a nodes/Clerk/resources/user/get.ts already.');
		} finally {
			copy.remove();
		}
	},
	SLOW,
);

it('withExport keeps the imports and the list of the index sorted', () => {
	const index = [
		"import { defineResource } from '../../engine/operation';",
		"import { ban } from './ban';",
		"import { get } from './get';",
		'',
		"export const user = defineResource({ value: 'user', operations: [ban, get] });",
	];
	const added = (operation: string, request: string) => {
		const name = exportedName(planOf('user', operation, request, digest));
		return withExport(index.join('\n'), name, operation).split('\n');
	};

	expect(added('delete', 'DELETE /users/{user_id}')).toEqual([
		...index.slice(0, 2),
		"import { deleteUser } from './delete';",
		...index.slice(2, 4),
		"export const user = defineResource({ value: 'user', operations: [ban, deleteUser, get] });",
	]);
	expect(added('add', 'POST /users')).toEqual([
		...index.slice(0, 1),
		"import { add } from './add';",
		...index.slice(1, 4),
		"export const user = defineResource({ value: 'user', operations: [add, ban, get] });",
	]);
	expect(added('unban', 'POST /users/{user_id}/unban')).toEqual([
		...index.slice(0, 3),
		"import { unban } from './unban';",
		'',
		"export const user = defineResource({ value: 'user', operations: [ban, get, unban] });",
	]);
});

it('operationFile spells labels and parameters as this package does', () => {
	const file = operationFile(planOf('apiKey', 'get', 'GET /api_things/{apiThingID}', digest));
	expect(file).toContain('"displayName":"API Thing ID"');
	expect(file).toContain('"name":"apiThingId"');
	expect(file).toContain('"wire":"apiThingID"');
});

it.each([
	['user', 'get', '/users', 'Not a request'],
	['user', 'get', 'FETCH /users', 'Not a request'],
	['Users', 'get', 'GET /users', 'Not a name'],
	['user', '../get', 'GET /users', 'Not a name'],
])('planOf rejects %s %s "%s"', (resource, operation, request, message) => {
	expect(() => planOf(resource, operation, request, digest)).toThrow(message);
});

test.each([
	[
		['GET', '/users/{user_id}', 'user', 'getOne'],
		'GET /users/{user_id} is there already: user.get',
	],
	[['GET', '/users/{user_id}'], 'npm run new-operation -- <METHOD>'],
	[[], 'npm run new-operation -- <METHOD>'],
])('new-operation rejects %j', async (args, message) => {
	await expect(newOperation(args)).rejects.toThrow(message);
});

test(
	'npm run new-operation splits one argument at its spaces, and fails when it is refused',
	async () => {
		const refused = runScript('newOperation.js', ['GET /users/{user_id} user getOne']);
		await expect(refused).rejects.toMatchObject({
			code: 1,
			stderr: expect.stringContaining('is there already: user.get'),
		});
	},
	SLOW,
);
