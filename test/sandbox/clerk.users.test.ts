import { startClerk } from '../../sandbox/clerk';
import type { Clerk } from '../../sandbox/clerk';
import { callerOf, openApiDocument } from '../support/openapi';

const document = openApiDocument();
const DAY = 86_400_000;

describe('users', () => {
	let clerk: Clerk;
	let call: ReturnType<typeof callerOf>;

	beforeEach(async () => {
		clerk = await startClerk({ rateLimit: false });
		call = callerOf(clerk, document);
	});

	afterEach(async () => await clerk.close());

	type Query = NonNullable<Parameters<typeof call>[1]>['query'];
	const named = async (query: Query): Promise<string[]> =>
		(await call('GET /users', { query: { limit: 100, ...query } })).body.map(
			(user: { first_name: string }) => user.first_name,
		);
	const codes = (response: { body: { errors: { code: string; meta?: object }[] } }) =>
		response.body.errors.map(({ code, meta }) => [code, meta && Object.values(meta)[0]]);
	const find = (emailAddress: string) => {
		const [user] = clerk.state.users.where('email_address', emailAddress);
		if (!user) throw new TypeError(`${emailAddress} is not seeded`);
		return user;
	};

	describe('list', () => {
		it('returns ten of them, newest first, in a bare array', async () => {
			const names = (await call('GET /users')).body.map(
				(user: { username: string }) => user.username,
			);
			expect(names).toHaveLength(10);
			expect(names[0]).toBe('yara');
		});

		it.each([
			['email_address', { email_address: ['ADA.berg@example.com', 'nobody@example.com'] }, ['Ada']],
			['phone_number', { phone_number: '+12025550102' }, ['Chidi']],
			['username', { username: ['mei_chen'] }, ['Mei']],
			['external_id', { external_id: ['crm-1001', '+crm-1002'] }, ['Bruno', 'Ada']],
			['query, of names', { query: 'okafor' }, ['Chidi']],
			['query, of both names', { query: 'ada b' }, ['Ada']],
			['email_address_query', { email_address_query: 'NOVAK' }, ['Vera']],
			['phone_number_query', { phone_number_query: '550104' }, ['Priya']],
			['username_query', { username_query: '_Y' }, ['Elif']],
			['name_query', { name_query: 'tanak' }, ['Hiro']],
			['banned', { banned: true }, ['Liam']],
			['two filters at once', { banned: true, query: 'ada' }, []],
		])('filters by %s', async (_, query, expected) => {
			expect(await named(query as Query)).toEqual(expected);
		});

		it('excludes what begins with a minus', async () => {
			const { id } = find('ada.berg@example.com');
			expect(await named({ user_id: [`-${id}`] })).toHaveLength(23);
			const [organization] = clerk.state.organizations.where('slug', 'blue-kite');
			expect(await named({ organization_id: [`+${organization?.id}`] })).toHaveLength(4);
			expect(await named({ organization_id: [`-${organization?.id}`] })).toHaveLength(20);
		});

		it('never takes those who were never active for inactive', async () => {
			const before = clerk.state.clock() - 90 * DAY;
			const names = await named({ last_active_at_before: before });
			expect(names).not.toContain('Hiro');
			expect(names).toHaveLength(8);
			expect(await named({ last_active_at_after: before })).toHaveLength(14);
		});

		it('counts with the same filters', async () => {
			const query = { last_active_at_before: clerk.state.clock() - 90 * DAY };
			const { body } = await call('GET /users/count', { query });
			expect(body).toEqual({ object: 'total_count', total_count: 8 });
		});

		it('finds users by their account with a provider', async () => {
			const account = { id: 'eac_1', provider: 'oauth_google', provider_user_id: '12345' };
			const ada = find('ada.berg@example.com');
			clerk.state.users.update(ada, { external_accounts: [account] });
			const query = { provider: 'oauth_google', provider_user_id: ['12345', '0'] };
			expect((await call('GET /users/count', { query })).body.total_count).toBe(1);
			const other = { ...query, provider: 'oauth_github' };
			expect((await call('GET /users/count', { query: other })).body.total_count).toBe(0);
		});

		it('sorts by any of its orders, those without a value last', async () => {
			const ascending = await named({ order_by: 'last_active_at' });
			expect(ascending[0]).toBe('Farid');
			expect(ascending.slice(-2).sort()).toEqual(['Hiro', 'Sam']);
			expect(await named({ order_by: '-last_active_at' })).toEqual([...ascending].reverse());
			expect((await named({ order_by: '+first_name' })).slice(0, 2)).toEqual(['Ada', 'Bruno']);
		});

		it('keeps the first of a repeated order_by', async () => {
			expect((await named({ order_by: ['first_name', 'created_at'] }))[1]).toBe('Bruno');
		});

		it('does not take a missing value for an empty one', async () => {
			expect(clerk.state.users.rows.filter(({ username }) => username === null)).not.toEqual([]);
			expect((await call('GET /users', { query: { username: '' } })).body).toEqual([]);
			const query = { username_query: '', limit: 100 };
			const { body } = await call('GET /users', { query });
			expect(body.length).toBeGreaterThan(0);
			expect(body.filter((user: { username: unknown }) => user.username === null)).toEqual([]);
		});

		it('needs the plus of order_by encoded', async () => {
			const raw = await call('GET /users?order_by=+created_at&x=');
			expect(codes(raw)).toEqual([['form_param_value_invalid', 'order_by']]);
		});

		it.each([
			[{ limit: 0 }, 'limit'],
			[{ limit: 501 }, 'limit'],
			[{ limit: 'ten' }, 'limit'],
			[{ offset: -1 }, 'offset'],
			[{ banned: 'perhaps' }, 'banned'],
			[{ order_by: 'age' }, 'order_by'],
			[{ user_id: Array.from({ length: 101 }, (_, at) => `user_${at}`) }, 'user_id'],
			[{ provider: 'oauth_google' }, 'provider_user_id'],
		])('refuses %j', async (query, param) => {
			const response = await call('GET /users', { query: query as Query });
			expect([response.status, codes(response)[0]?.[1]]).toEqual([422, param]);
		});
	});

	describe('cursor', () => {
		type Listed = { id: string }[];
		const page = async (query: Query): Promise<string[]> =>
			((await call('GET /users', { query: { limit: 5, ...query } })).body as Listed).map(
				({ id }) => id,
			);

		it.each(['-created_at', '+created_at', 'created_at'])(
			'walks everybody once ordered by %s, while users come and go',
			async (order_by) => {
				const seen = await page({ order_by });
				const before = clerk.state.users.rows.map(({ id }) => id);
				for (let cursor = seen.at(-1); cursor;) {
					const passed = clerk.state.users.get(seen[1] ?? '');
					if (passed) clerk.state.users.remove(passed);
					const next = await page({ order_by, starting_after: cursor });
					seen.push(...next);
					cursor = next.length === 5 ? next.at(-1) : undefined;
				}
				expect(seen.length).toBe(24);
				expect([...seen].sort()).toEqual([...before].sort());
			},
		);

		it.each(['-created_at', 'created_at'])(
			'looks at the users of the page only ordered by %s',
			async (order_by) => {
				const looked = new Set<string>();
				const rows = [...clerk.state.users.rows];
				for (const row of rows) {
					const { username, id } = row;
					Object.defineProperty(row, 'username', { get: () => (looked.add(id), username) });
				}
				const order = order_by.startsWith('-') ? rows.reverse() : rows;
				const wanted = order.slice(6, 9).map(({ id }) => id);
				const query = { order_by, limit: 3, query: 'user_', starting_after: order[5]?.id ?? '' };
				expect(await page(query)).toEqual(wanted);
				expect([...looked]).toEqual(wanted);
			},
		);

		it('refuses another order, an offset and somebody unknown', async () => {
			const { id } = find('ada.berg@example.com');
			const query = { starting_after: id, order_by: 'username', offset: 5 };
			const response = await call('GET /users', { query });
			expect(response.status).toBe(422);
			expect(codes(response).map(([, param]) => param)).toEqual(['order_by', 'offset']);
			expect(await call('GET /users', { query: { starting_after: 'user_x' } })).toMatchObject({
				status: 422,
			});
			expect(await page({ starting_after: id, offset: 0 })).toEqual([]);
		});
	});

	describe('create', () => {
		const create = async (body: unknown) => await call('POST /users', { body });
		const password = 'correct horse battery';

		it('reports everything that is wrong at once', async () => {
			const response = await create({
				email_address: 'not a list',
				phone_number: ['12'],
				first_name: 7,
				nickname: 'x',
				email_address_identification_status: ['maybe'],
			});
			expect(response.status).toBe(422);
			expect(codes(response).sort()).toEqual([
				['form_param_format_invalid', 'email_address'],
				['form_param_format_invalid', 'first_name'],
				['form_param_format_invalid', 'phone_number'],
				['form_param_unknown', 'nickname'],
				['form_param_value_invalid', 'email_address_identification_status'],
			]);
			expect(response.body.clerk_trace_id).toBe(response.headers['x-clerk-trace-id']);
		});

		it.each([
			['email_address', { email_address: ['Ada.Berg@example.com'] }],
			['phone_number', { phone_number: ['+12025550101'] }],
			['username', { username: 'ADA_BERG' }],
			['external_id', { email_address: ['x@example.com'], external_id: 'crm-1001' }],
		])('refuses a taken %s', async (param, body) => {
			expect(codes(await create({ password, ...body }))).toEqual([
				['form_identifier_exists', param],
			]);
		});

		it.each([
			[{}, 'form_data_missing'],
			[{ email_address: ['a@example.com'] }, 'form_data_missing'],
			[{ email_address: ['a@example.com'], password: 'short' }, 'form_password_length_too_short'],
			[{ email_address: ['a@example.com'], password: '12345678' }, 'form_password_pwned'],
			[{ email_address: ['a@example.com'], password_digest: 'x' }, 'form_param_missing'],
		])('refuses %j', async (body, code) => {
			const response = await create(body);
			expect([response.status, codes(response)[0]?.[0]]).toEqual([422, code]);
		});

		it('takes a digest, or no password where that is asked for', async () => {
			const digest = { password_digest: '$2a$10$x', password_hasher: 'bcrypt' };
			const imported = await create({ email_address: ['a@example.com'], ...digest });
			expect(imported.body.password_enabled).toBe(true);
			expect(imported.text).not.toContain('$2a$10$x');
			const body = { email_address: ['b@example.com'], skip_password_requirement: true };
			expect((await create(body)).body.password_enabled).toBe(false);
		});

		it('reserves identifications by position', async () => {
			const { body } = await create({
				password,
				email_address: ['a@example.com', 'b@example.com'],
				email_address_identification_status: ['verified', 'reserved'],
			});
			expect(body.email_addresses.map((one: { reserved: boolean }) => one.reserved)).toEqual([
				false,
				true,
			]);
			expect(body.primary_email_address_id).toBe(body.email_addresses[0].id);
		});
	});

	describe('update', () => {
		it('changes what is given and nothing else', async () => {
			const { id } = find('ada.berg@example.com');
			const { body } = await call(`PATCH /users/${id}`, {
				body: { username: '', last_name: null, created_at: '2020-01-02T03:04:05Z' },
			});
			expect(body).toMatchObject({
				username: null,
				last_name: null,
				first_name: 'Ada',
				created_at: Date.UTC(2020, 0, 2, 3, 4, 5),
			});
		});

		it('may keep what is its own, and takes only its own primary address', async () => {
			const ada = find('ada.berg@example.com');
			const bruno = find('bruno.costa@example.com');
			expect(
				await call(`PATCH /users/${ada.id}`, { body: { username: 'Ada_Berg' } }),
			).toMatchObject({
				status: 200,
			});
			const body = { primary_email_address_id: bruno.primary_email_address_id };
			expect(codes(await call(`PATCH /users/${ada.id}`, { body }))).toEqual([
				['form_param_format_invalid', 'primary_email_address_id'],
			]);
		});

		it('knows metadata no longer', async () => {
			const { id } = find('ada.berg@example.com');
			const response = await call(`PATCH /users/${id}`, { body: { public_metadata: {} } });
			expect(codes(response)).toEqual([['form_param_unknown', 'public_metadata']]);
		});
	});

	it('treats __proto__ in metadata as the key it is', async () => {
		const { id } = find('mei.chen@example.com');
		const body =
			'{"public_metadata":{"__proto__":{"polluted":true},"constructor":{"a":null,"b":1}}}';
		const response = await call(`PATCH /users/${id}/metadata`, { body });
		expect(response.text).toContain(
			'"public_metadata":{"__proto__":{"polluted":true},"constructor":{"b":1}}',
		);
		expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
	});

	it('deletes the sessions and memberships with the user', async () => {
		const { id } = find('ada.berg@example.com');
		const { body } = await call(`DELETE /users/${id}`);
		expect(body).toEqual({ object: 'user', id, deleted: true, external_id: 'crm-1001' });
		expect(clerk.state.sessions.where('user_id', id)).toEqual([]);
		expect(clerk.state.memberships.where('user_id', id)).toEqual([]);
		expect(await call(`DELETE /users/${id}`)).toMatchObject({ status: 404 });
	});

	it('bans many or, when one is unknown, none', async () => {
		const ids = [find('ada.berg@example.com').id, find('mei.chen@example.com').id];
		const half = await call('POST /users/ban', { body: { user_ids: [ids[0], 'user_x'] } });
		expect([half.status, find('ada.berg@example.com').banned]).toEqual([400, false]);
		expect(half.body.errors).toMatchObject([{ message: 'No user was found with id user_x.' }]);
		const { body } = await call('POST /users/ban', { body: { user_ids: ids } });
		expect(body.map((user: { banned: boolean }) => user.banned)).toEqual([true, true]);
	});
});
