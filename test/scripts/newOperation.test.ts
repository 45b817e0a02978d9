import { resources } from '../../nodes/Clerk/resources';
import { namesFor } from '../../scripts/lib/naming';
import { describeOperations } from '../../scripts/lib/registry';
import digest from '../../spec/digest.json';
import { runScript } from '../support/command';
import { copyPackage } from '../support/copy';

/** `npm run new-operation -- POST /path`: what Clerk's document adds becomes a start for a person. */

const SLOW = 120_000;

const known = describeOperations(resources).flatMap(({ resource, operation, method, path }) =>
	method && path ? [{ resource, operation, method, path }] : [],
);

describe('the names of a route', () => {
	test.each([
		['POST', '/users/{user_id}/archive', 'user', 'archive'],
		['GET', '/users/{user_id}/badges', 'user', 'getBadges'],
		['POST', '/users/{user_id}/badges', 'user', 'createBadge'],
		['DELETE', '/users/{user_id}/badges/{badge_id}', 'user', 'deleteBadge'],
		[
			'GET',
			'/organizations/{organization_id}/memberships/{user_id}',
			'organizationMembership',
			'get',
		],
		['POST', '/machines/bulk', 'machine', 'createMany'],
		['GET', '/moons', 'moon', 'getAll'],
		['PATCH', '/moons/{moon_id}', 'moon', 'update'],
	])('%s %s: %s.%s', (method, path, resource, operation) => {
		expect(namesFor(method, path, known)).toEqual({ resource, operation });
	});

	it('are mostly those that were chosen for what there is', () => {
		const guessed = known.filter(({ resource, operation, method, path }) => {
			const others = known.filter((one) => one.method !== method || one.path !== path);
			const names = namesFor(method, path, others);
			return names.resource === resource && names.operation === operation;
		});
		expect(guessed.length / known.length).toBeGreaterThan(0.8);
	});
});

const string = { type: 'string' };
const required = { required: true };

/** As a new version of Clerk's document could add them. */
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
		answers: 'nothing',
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
		answer: 'Badge',
	},
};

const Badge = { id: string, object: string, is_public: { type: 'boolean' }, iconURL: string };

it(
	'starts an operation that has the fields of the document, and whose checks pass',
	async () => {
		const copy = copyPackage();
		try {
			const operations = { ...digest.operations, ...ADDED };
			const records = { ...digest.records, Badge };
			copy.write('spec/digest.json', JSON.stringify({ ...digest, operations, records }));
			const said = await copy.runScript('newOperation.js', 'POST', '/users/{user_id}/badges');
			await copy.runScript('newOperation.js', 'GET /badges', 'userBadge', 'getAll');

			expect(said).toContain('becomes user.createBadge.');
			const file = copy.read('nodes/Clerk/resources/user/createBadge.ts');
			expect(file).toMatch(
				/displayName: 'Level',[^}]*minValue: 1, maxValue: 5, numberPrecision: 0/,
			);
			expect(file).toMatch(/name: 'lookIconName',[^}]*wire: 'look\.icon_name'/);
			expect(file).toMatch(/path: \[\s*locate\('user', \{/);
			expect(file).toMatch(/locate\('organization', \{/);

			const [typed, tested] = await Promise.all([
				copy.typeCheck(),
				copy.operationTest('user.createBadge|userBadge.getAll'),
			]);
			expect(typed).toBe('');
			expect(tested).toMatch(/✓ level must not be empty/);
			expect(tested).toMatch(/✓ filters\.query must not be empty/);
			expect(tested).toMatch(/✓ user\.createBadge is as Clerk's API has it/);
			expect(tested).toMatch(/✓ userBadge\.getAll is as Clerk's API has it/);
		} finally {
			copy.remove();
		}
	},
	SLOW,
);

test.each([
	[['POST', '/nowhere'], "Take Clerk's document over first"],
	[['GET', '/users/{user_id}'], 'GET /users/{user_id} is there already: user.get'],
	[[], 'npm run new-operation -- <METHOD>'],
])(
	'refuses %j',
	async (args, message) => {
		await expect(runScript('newOperation.js', args)).rejects.toThrow(message);
	},
	SLOW,
);
