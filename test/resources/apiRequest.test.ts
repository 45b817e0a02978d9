import { mappingsIn } from '../../nodes/Clerk/engine/operation';
import { resources } from '../../nodes/Clerk/resources';
import { startClerk } from '../../sandbox/clerk';
import { runNode } from '../support/host';
import { response, run as runScripted } from '../support/scripted';

/** The API Request resource, against the simulated Clerk. */

type Clerk = Awaited<ReturnType<typeof startClerk>>;
type Values = Record<string, unknown>;

let clerk: Clerk;

beforeAll(async () => {
	clerk = await startClerk({ seed: 'company' });
});

beforeEach(() => {
	clerk.requests.length = 0;
});

afterAll(async () => await clerk.close());

const runAll = async (operation: string, items: Values[], accessPolicy = 'full') => {
	const { secretKey, url: baseUrl } = clerk;
	const output = await runNode({
		credential: { secretKey, baseUrl, accessPolicy, rateLimitShare: 100 },
		parameters: items.map((values) => ({
			resource: 'apiRequest',
			operation,
			options: {},
			...values,
		})),
	});
	return output.map(({ json }) => json);
};

const run = async (operation: string, values: Values, accessPolicy?: string) =>
	await runAll(operation, [values], accessPolicy);

const sent = () => clerk.requests.map(({ method, path }) => `${method} ${path}`);

const ada = () => [...clerk.state.users.rows].find(({ first_name }) => first_name === 'Ada')!;

const endpointsOf = (resource: string) =>
	mappingsIn(resources.find(({ value }) => value === resource)!).length;

describe('apiRequest.browse', () => {
	it('lists the resources without a request to Clerk', async () => {
		const rows = await run('browse', { show: 'resources' });
		expect(rows).toContainEqual({
			resource: 'user',
			name: 'User',
			description: expect.any(String),
			endpoints: endpointsOf('user'),
		});
		expect(rows.map(({ resource }) => resource)).not.toContain('apiRequest');
		expect(sent()).toEqual([]);
	});

	it.each(['session', 'Session', 'SESSION'])(
		'lists the endpoints of "%s"',
		async (resourceName) => {
			const rows = await run('browse', { show: 'resource', resourceName });
			expect(rows).toHaveLength(endpointsOf('session'));
			expect(rows).toContainEqual(
				expect.objectContaining({
					resource: 'session',
					operation: 'getAll',
					method: 'GET',
					path: '/sessions',
					writes: false,
					destroys: false,
					list: true,
					deprecated: false,
				}),
			);
		},
	);

	it('lists all endpoints, and whether they destroy', async () => {
		const rows = await run('browse', { show: 'all' });
		const destroying = rows
			.filter(({ destroys }) => destroys)
			.map(({ method, path }) => `${method} ${path}`);
		expect(destroying).toEqual(
			expect.arrayContaining(['DELETE /users/{user_id}', 'PUT /users/{user_id}/email_address']),
		);
	});

	it.each(['', 'nobody'])(
		'rejects the resource name "%s" and lists the known ones',
		async (resourceName) => {
			await expect(run('browse', { show: 'resource', resourceName })).rejects.toThrow(
				/^Resource Name is ".*"\. There are: .*user/,
			);
		},
	);
});

describe('apiRequest.describe', () => {
	it.each(['/users/{user_id}', 'users/{user_id}', '/users/user_1'])(
		'returns the fields of PATCH %s',
		async (path) => {
			const [endpoint] = await run('describe', { method: 'PATCH', path });
			expect(endpoint).toMatchObject({
				method: 'PATCH',
				path: '/users/{user_id}',
				writes: true,
				destroys: false,
			});
			expect(endpoint.fields).toEqual(
				expect.arrayContaining([
					expect.objectContaining({ name: 'user_id', in: 'path', type: 'string', required: true }),
					expect.objectContaining({
						name: 'backup_codes',
						in: 'body',
						type: 'array',
						required: false,
					}),
					expect.objectContaining({ name: 'created_at', type: 'ISO 8601 date' }),
				]),
			);
			expect(sent()).toEqual([]);
		},
	);

	const fieldsOf = async (method: string, path: string) => {
		const [{ fields, body }] = await run('describe', { method, path });
		const rows = fields as Array<{ name: string; type: string }>;
		return {
			body,
			names: rows.map(({ name }) => name),
			types: new Map(rows.map((row) => [row.name, row.type])),
		};
	};

	it('leaves out fields that an update sends to another endpoint', async () => {
		const { names } = await fieldsOf('PATCH', '/users/{user_id}');
		expect(names).toContain('first_name');
		expect(names).not.toContain('public_metadata');
	});

	it('returns the type array for the list of a batch endpoint', async () => {
		expect((await fieldsOf('POST', '/users/ban')).types.get('user_ids')).toBe('array');
		expect((await fieldsOf('POST', '/invitations/bulk')).body).toBe('array');
	});

	it('returns limit and offset for paged lists only', async () => {
		expect((await fieldsOf('GET', '/users')).names).toEqual(
			expect.arrayContaining(['limit', 'offset']),
		);
		expect((await fieldsOf('GET', '/domains')).names).not.toContain('limit');
	});

	it.each([
		['POST', '/users/{user_id}/ban', true],
		['POST', '/instance/change_domain', true],
		['DELETE', '/users/{user_id}', true],
		['PATCH', '/users/{user_id}', false],
		['GET', '/users', false],
	])('returns for %s %s destroys: %s', async (method, path, destroys) => {
		expect((await run('describe', { method, path }))[0].destroys).toBe(destroys);
	});

	it('prefers a route with a fixed segment to one with a {name}', async () => {
		const [endpoint] = await run('describe', { method: 'GET', path: '/users/count' });
		expect(endpoint).toMatchObject({ path: '/users/count', operation: 'count' });
	});

	it('rejects a path without an endpoint', async () => {
		await expect(run('describe', { method: 'GET', path: '/nothing' })).rejects.toThrow(
			'Path is no endpoint of this version: GET /nothing [item 0]',
		);
	});
});

describe('apiRequest.send', () => {
	it('returns a record as Clerk responds with it', async () => {
		const [user] = await run('send', { method: 'GET', path: `/users/${String(ada().id)}` });
		expect(user).toMatchObject({ first_name: 'Ada', object: 'user' });
	});

	it('returns an item for each record of a page, or of the whole list with Return All', async () => {
		const first = await run('send', { method: 'GET', path: '/users', query: '{ "limit": 2 }' });
		expect(first).toHaveLength(2);
		const all = await run('send', { method: 'GET', path: '/users', returnAll: true });
		expect(all).toHaveLength(clerk.state.users.size);
	});

	it.each(['/users', '/organizations', '/new_things'])(
		'returns all records of %s with Return All, whatever offset is in the query',
		async (path) => {
			const parameters = {
				resource: 'apiRequest',
				operation: 'send',
				method: 'GET',
				path,
				query: '{ "offset": 150 }',
				returnAll: true,
			};
			const { sent } = await runScripted({ parameters }, (_, count) =>
				response(
					200,
					Array.from({ length: count < 2 ? 100 : 7 }, (__, at) => ({ id: `${count}-${at}` })),
				),
			);
			expect(sent[0].qs?.offset).toBeUndefined();
			expect(sent.filter(({ qs }) => qs?.offset === 150)).toEqual([]);
		},
	);

	it('reads all pages of a list that no operation knows', async () => {
		const page = (size: number) =>
			Array.from({ length: size }, (_, at) => ({ id: `${size}-${at}` }));
		const parameters = {
			resource: 'apiRequest',
			operation: 'send',
			method: 'GET',
			path: '/new_things',
			returnAll: true,
		};
		const { json, lines } = await runScripted({ parameters }, (_, count) =>
			response(200, page(count === 0 ? 100 : 7)),
		);
		expect(json).toHaveLength(107);
		expect(lines).toEqual(['GET /new_things?limit=100', 'GET /new_things?limit=100&offset=100']);
	});

	const scripted = async (values: Values, responses: unknown[]) =>
		await runScripted(
			{
				parameters: {
					resource: 'apiRequest',
					operation: 'send',
					method: 'GET',
					returnAll: true,
					...values,
				},
			},
			(_, count) => response(200, responses[Math.min(count, responses.length - 1)]),
		);
	const many = Array.from({ length: 250 }, (_, at) => ({ id: String(at) }));

	it.each([[many], [{ data: many, total_count: 250 }]])(
		'takes a response with more rows than the limit for the whole list',
		async (whole) => {
			const { json, lines } = await scripted({ path: '/new_things' }, [whole]);
			expect([json.length, lines.length]).toEqual([250, 1]);
		},
	);

	it.each([['/users/user_1'], ['/instance'], ['/new_thing']])(
		'returns the record of %s as one item although it contains lists',
		async (path) => {
			const record = { id: 'a', email_addresses: [{ id: 'b' }] };
			expect((await scripted({ path }, [record])).json).toEqual([record]);
		},
	);

	it('wraps a plain value of a list in an item', async () => {
		const { json } = await scripted({ path: '/new_things', returnAll: false }, [['a', 1]]);
		expect(json).toEqual([{ value: 'a' }, { value: 1 }]);
	});

	it('counts no destroyed records in a dry run of a batch endpoint', async () => {
		const [ban] = await run('send', {
			method: 'POST',
			path: '/users/ban',
			body: { user_ids: ['user_1', 'user_2'] },
			options: { dryRun: true },
		});
		expect(ban).toMatchObject({ dryRun: true, body: { user_ids: ['user_1', 'user_2'] } });
		expect(sent()).toEqual([]);
	});

	it('sends body, query and API version unchanged', async () => {
		const path = `/users/${String(ada().id)}`;
		const body = '{ "first_name": "Ada", "last_name": null }';
		await run('send', {
			method: 'PATCH',
			path,
			body,
			additionalFields: { apiVersion: '2025-11-10' },
		});
		const [request] = clerk.requests;
		expect(request).toMatchObject({
			method: 'PATCH',
			body: { first_name: 'Ada', last_name: null },
		});
		expect(request.headers['clerk-api-version']).toBe('2025-11-10');
		await run('send', {
			method: 'GET',
			path: '/users',
			query: { limit: 3, email_address: ['a@b.c', 'd@e.f'] },
		});
		expect(clerk.requests[1].query).toEqual({ limit: '3', email_address: ['a@b.c', 'd@e.f'] });
	});

	it('rejects requests that the access policy forbids', async () => {
		await expect(
			run('send', { method: 'DELETE', path: '/users/user_1' }, 'noDeletes'),
		).rejects.toThrow(/No Deletes/);
		await expect(
			run('send', { method: 'GET', path: '/machines/mch_1/secret%5Fkey' }, 'readOnly'),
		).rejects.toThrow(/Read Only/);
		expect(sent()).toEqual([]);
	});

	it('shows in a dry run the counts of destroyed records, and masks secrets', async () => {
		const dryRun = { options: { dryRun: true } };
		const [deleted] = await run('send', {
			method: 'DELETE',
			path: `/users/${String(ada().id)}`,
			...dryRun,
		});
		expect(deleted).toMatchObject({
			dryRun: true,
			method: 'DELETE',
			wouldDestroy: { sessions: expect.any(Number) },
		});
		const [known] = await run('send', {
			method: 'POST',
			path: '/users',
			body: { password: 'hunter22', first_name: 'A' },
			...dryRun,
		});
		expect(known).toMatchObject({ body: { password: '********', first_name: 'A' } });
		const [unknown] = await run('send', {
			method: 'POST',
			path: '/new_things',
			body: { new_secret: 's', name: 'A' },
			...dryRun,
		});
		expect(unknown).toMatchObject({ body: { new_secret: '********', name: 'A' } });
		const hidden = async (path: string, body: unknown) =>
			JSON.stringify(await run('send', { method: 'POST', path, body, ...dryRun }));
		for (const line of [
			await hidden('/oauth_applications/access_tokens/verify', { secret: 'hunter2' }),
			await hidden('/new_things', { user: { password: 'hunter2' } }),
			await hidden('/new_things', [{ password: 'hunter2' }]),
			await hidden('/users', { client_secret: 'hunter2' }),
		]) {
			expect(line).toContain('********');
			expect(line).not.toContain('hunter2');
		}
		expect(sent().filter((line) => !line.startsWith('GET'))).toEqual([]);
	});

	it.each([
		['https://evil.example/users', 'must be below'],
		['//evil.example/users', 'must be below'],
		['javascript:x', 'must be below'],
		['/users/../instance', 'must not contain ".."'],
		['/users/%2e%2E/instance', 'must not contain ".."'],
		['/users/./x', 'must not contain "."'],
		['/users/a%2Fb', 'a slash'],
		['/users/a%5cb', 'a slash'],
		['/users/a\\b', 'a slash'],
		['/users/a%252Fb', 'a percent sign'],
		['/users//sessions', 'an empty part'],
		['/', 'an empty part'],
		['/users?limit=1', 'must not contain "?"'],
		['/users#x', 'must not contain "?"'],
		['/users/%', 'not encoded'],
		['/users/a%00b', 'a URL cannot contain'],
		['/users/a\nb', 'a URL cannot contain'],
		['/users/{user_id}', 'still contains {user_id}'],
		['/platform/applications', 'Platform API'],
		['PLATFORM/applications', 'Platform API'],
		['/pl%61tform/applications', 'Platform API'],
		['/v1/users', 'must not begin with v1'],
		['', 'is empty'],
	])('rejects the path %j', async (path, message) => {
		await expect(run('send', { method: 'GET', path })).rejects.toThrow(message);
		expect(sent()).toEqual([]);
	});

	it.each([
		[{ method: 'GET', body: { a: 1 } }, 'Body cannot go with GET'],
		[{ method: 'POST', body: '"text"' }, 'Body needs a JSON object or a list'],
		[{ method: 'POST', body: '{' }, 'Body is not valid JSON'],
		[{ method: 'GET', query: '[]' }, 'Query needs a JSON object'],
		[
			{ method: 'GET', query: { a: { b: 1 } } },
			'Query needs text, a number, true or false, or a list of them in a',
		],
		[{ method: 'GET', query: null }, 'Query is empty. Enter {} to send none'],
		[{ method: 'GET', query: '' }, 'Query is empty. Enter {} to send none'],
		[{ method: 'DELETE', query: null }, 'Query is empty. Enter {} to send none'],
		[{ method: 'PUT', body: null }, 'Body is empty. Enter {} to send none'],
		[{ method: 'PATCH', body: '' }, 'Body is empty. Enter {} to send none'],
		[{ method: 'DELETE', body: null }, 'Body is empty. Enter {} to send none'],
		[{ method: 'GET', query: { a: null } }, 'Query needs text'],
		[{ method: 'GET', query: { user_id: [] } }, 'Query has nothing in user_id'],
		[{ method: 'GET', query: { email_address: ' ' } }, 'Query has nothing in email_address'],
		[{ method: 'GET', additionalFields: { apiVersion: 'latest' } }, 'API Version needs a date'],
	])('rejects %j, and sends no request of any item', async (values, message) => {
		const valid = { method: 'DELETE', path: `/users/${String(ada().id)}` };
		await expect(runAll('send', [valid, { path: '/users', ...values }])).rejects.toThrow(message);
		expect(sent()).toEqual([]);
	});
});
