import { newOperation } from '../../scripts/newOperation';
import { exportedName, operationFile, planOf, withExport } from '../../scripts/lib/newOperation';
import digestOfClerk from '../../spec/digest.json';
import type { Digest } from '../../scripts/lib/digest';
import { runScript } from '../support/command';
import { copyPackage } from '../support/copy';

/**
 * A new operation is a file, a line in the index of its resource and golden examples. `npm run
 * new-operation` starts all of them from Clerk's document, and the checks of them pass.
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
	'GET /planets/{planetID}': {},
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
		response: 'User',
	},
};

// Beside the last test: both wait for other processes.
it.concurrent(
	'new-operation writes an operation whose checks pass',
	async () => {
		const copy = copyPackage();
		try {
			const operations = { ...digest.operations, ...ADDED };
			copy.write('spec/digest.json', JSON.stringify({ ...digest, operations }));

			const [output, , refused] = await copy.newOperations([
				['POST', '/users/{user_id}/badges', 'user', 'createBadge'],
				['GET', '/badges', 'user', 'getAllBadges'],
				['GET', '/planets/{planetID}', 'user', 'get'],
			]);

			expect(output).toContain('wrote nodes/Clerk/resources/user/createBadge.ts');
			expect(refused).toContain('There is a nodes/Clerk/resources/user/get.ts already.');
			const file = copy.read('nodes/Clerk/resources/user/createBadge.ts');
			expect(file).toMatch(
				/displayName: 'Level',[^}]*minValue: 1, maxValue: 5, numberPrecision: 0/,
			);
			expect(file).toMatch(/name: 'isPublic',\s*type: 'boolean',\s*default: true/);
			expect(file).toMatch(/name: 'lookIconName',[^}]*wire: 'look\.icon_name'/);
			expect(file).toMatch(/path: \[\s*locate\('user', \{/);
			expect(file).toMatch(/locate\('organization', \{/);
			expect(copy.read('nodes/Clerk/resources/user/index.ts')).toMatch(
				/import \{ createBadge \} from '\.\/createBadge';[^]*operations: \[[^]*\bcreateBadge\b/,
			);

			const [types, tested] = await Promise.all([
				copy.typeCheck(),
				copy.operationTest('user.createBadge|user.getAllBadges'),
			]);
			// Two operations, and the index of their resource.
			expect(types).toEqual({ files: 3, errors: [] });
			// An author adds the other examples, and is told so.
			expect(tested.match(/✕ \w+/g)).toEqual(Array(2).fill('✕ exist'));
			expect(tested).toMatch(/user\.json: key \\*"createBadge\\*" lacks \\*"cleared/);
			expect(tested).toMatch(/user\.createBadge, in [^\n]+\n\s+✓ required[^\n]*\n\s+✓ every/);
			expect(tested).toMatch(/user\.getAllBadges, in [^\n]+\n\s+✓ required[^\n]*\n\s+✓ every/);
			expect(tested).toMatch(/✓ user\.createBadge is as Clerk's API has it/);
			expect(tested).toMatch(/✓ user\.getAllBadges is as Clerk's API has it/);
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
	const request = 'GET /api_things/{apiThingID}';
	const file = operationFile(
		planOf('apiKey', 'get', request, {
			...digest,
			operations: { [request]: { path: { apiThingID: string } } },
		}),
	);
	expect(file).toContain('"displayName":"API Thing ID"');
	expect(file).toContain('"name":"apiThingId"');
	expect(file).toContain('"wire":"apiThingID"');
});

it.each([
	['user', 'get', '/users', 'spec/digest.json has no /users'],
	['user', 'get', 'FETCH /users', 'spec/digest.json has no FETCH /users'],
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
	[['GET', '/moons', 'moon', 'getAll'], 'There is no resource moon'],
	[['GET', '/moons', 'user', 'getAll'], 'spec/digest.json has no GET /moons'],
	[['GET', '/users/{user_id}'], 'npm run new-operation -- <METHOD>'],
	[[], 'npm run new-operation -- <METHOD>'],
])('new-operation rejects %j', async (args, message) => {
	await expect(newOperation(args)).rejects.toThrow(message);
});

test.concurrent(
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
