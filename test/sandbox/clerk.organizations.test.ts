import { startClerk } from '../../sandbox/clerk';
import type { Clerk } from '../../sandbox/clerk';
import { callerOf, openApiDocument } from '../support/openapi';

const document = openApiDocument();

describe('organizations and sessions', () => {
	let clerk: Clerk;
	let call: ReturnType<typeof callerOf>;

	beforeEach(async () => {
		clerk = await startClerk({ rateLimit: false });
		call = callerOf(clerk, document);
	});

	afterEach(async () => await clerk.close());

	type Query = NonNullable<Parameters<typeof call>[1]>['query'];
	const slugs = async (query: Query): Promise<string[]> =>
		(await call('GET /organizations', { query })).body.data.map(
			({ slug }: { slug: string }) => slug,
		);
	const organizationId = (slug: string) =>
		clerk.state.organizations.where('slug', slug)[0]?.id ?? '';
	const userId = (emailAddress: string) =>
		clerk.state.users.where('email_address', emailAddress)[0]?.id ?? '';

	it('pages with a total', async () => {
		const { body } = await call('GET /organizations', { query: { limit: 2, offset: 2 } });
		expect(body.total_count).toBe(3);
		expect(body.data.map(({ slug }: { slug: string }) => slug)).toEqual(['harbour-labs']);
		expect(body.data[0]).not.toHaveProperty('members_count');
	});

	it('sorts and filters', async () => {
		expect(await slugs({ order_by: 'name' })).toEqual(['blue-kite', 'harbour-labs', 'pine-co']);
		expect(await slugs({ order_by: 'members_count' })).toEqual([
			'blue-kite',
			'pine-co',
			'harbour-labs',
		]);
		expect(await slugs({ query: 'PINE' })).toEqual(['pine-co']);
		expect(await slugs({ query: organizationId('pine-co') })).toEqual(['pine-co']);
		expect(await slugs({ organization_id: `-${organizationId('pine-co')}` })).toHaveLength(2);
		expect(await slugs({ user_id: userId('jonas.weber@example.com') })).toEqual([
			'pine-co',
			'harbour-labs',
		]);
		expect(await slugs({ user_id: `-${userId('jonas.weber@example.com')}` })).toEqual([
			'blue-kite',
		]);
	});

	it('is read by id or slug, and written by id only', async () => {
		const id = organizationId('pine-co');
		const read = await call('GET /organizations/pine-co', {
			query: {
				include_members_count: true,
				include_missing_member_with_elevated_permissions: true,
			},
		});
		expect(read.body).toMatchObject({
			id,
			members_count: 6,
			missing_member_with_elevated_permissions: false,
		});
		const body = { name: 'Pine' };
		expect(await call('PATCH /organizations/pine-co', { body })).toMatchObject({ status: 404 });
		expect(await call(`PATCH /organizations/${id}`, { body })).toMatchObject({ status: 200 });
	});

	it('starts with no member unless it has a creator', async () => {
		const { body } = await call('POST /organizations', {
			body: { name: 'Empty', color: 'ignored' },
		});
		expect(clerk.state.memberships.where('organization_id', body.id)).toEqual([]);
		const unknown = { name: 'Other', created_by: 'user_x' };
		expect(await call('POST /organizations', { body: unknown })).toMatchObject({ status: 422 });
	});

	it.each([
		[{ name: 'Pine', slug: 'pine-co' }, 'form_identifier_exists'],
		[{ name: 'Pine', slug: 'Not A Slug' }, 'form_param_format_invalid'],
		[{ name: 'https://pine.example' }, 'form_param_format_invalid'],
		[{ name: 'Pine', max_allowed_memberships: -1 }, 'form_param_value_invalid'],
		[{ slug: 'nameless' }, 'form_param_missing'],
	])('refuses to create %j', async (body, code) => {
		const response = await call('POST /organizations', { body });
		expect([response.status, response.body.errors[0].code]).toEqual([422, code]);
	});

	it('lists members by what is known of them', async () => {
		const path = `GET /organizations/${organizationId('harbour-labs')}/memberships`;
		const names = async (query: Query) =>
			(await call(path, { query })).body.data.map(
				(member: { public_user_data: { first_name: string } }) =>
					member.public_user_data.first_name,
			);
		expect(await names({ role: 'org:admin' })).toEqual(['Ada']);
		expect(await names({ query: 'tan', limit: 5 })).toEqual([]);
		expect((await names({ order_by: '-first_name' })).slice(0, 2)).toEqual(['Umar', 'Priya']);
		expect((await call(path, { query: { limit: 3 } })).body).toMatchObject({ total_count: 8 });
	});

	it('lists members in the order in which they joined, also after one is changed', async () => {
		const path = `/organizations/${organizationId('harbour-labs')}/memberships`;
		const members = async () =>
			(await call(`GET ${path}`, { query: { limit: 100 } })).body.data as {
				created_at: number;
				public_user_data: { user_id: string };
			}[];
		const before = await members();
		const first = before.at(-1)?.public_user_data.user_id ?? '';
		const body = { public_metadata: { desk: 7 } };
		expect(await call(`PATCH ${path}/${first}/metadata`, { body })).toMatchObject({ status: 200 });
		const role = { role: 'org:admin' };
		expect(await call(`PATCH ${path}/${first}`, { body: role })).toMatchObject({ status: 200 });
		const after = await members();
		const idsOf = (list: typeof before) => list.map(({ public_user_data: user }) => user.user_id);
		const times = after.map(({ created_at: at }) => at);
		expect(idsOf(after)).toEqual(idsOf(before));
		expect(times).toEqual([...times].sort((a, b) => b - a));
	});

	it('deletes the memberships with the organization', async () => {
		const id = organizationId('blue-kite');
		const { body } = await call(`DELETE /organizations/${id}`);
		expect(body).toEqual({ object: 'organization', id, slug: 'blue-kite', deleted: true });
		expect(clerk.state.memberships.where('organization_id', id)).toEqual([]);
	});

	describe('sessions', () => {
		it('are listed for a user or a client only', async () => {
			const none = await call('GET /sessions');
			expect(none).toMatchObject({
				status: 422,
				body: { errors: [{ long_message: 'One of user_id and client_id must be included.' }] },
			});
			expect(none.body.errors).toHaveLength(1);
			const query = { user_id: userId('ada.berg@example.com') };
			const { body } = await call('GET /sessions', { query });
			expect(body.map(({ status }: { status: string }) => status)).toEqual(['active', 'ended']);
			const client = { client_id: body[0].client_id };
			expect((await call('GET /sessions', { query: client })).body).toEqual([body[0]]);
			expect(
				(await call('GET /sessions', { query: { ...query, paginated: true, limit: 1 } })).body,
			).toEqual({ data: [body[0]], total_count: 2 });
		});

		it('know the statuses of the document', async () => {
			const query = { user_id: 'user_x', status: 'asleep' };
			expect(await call('GET /sessions', { query })).toMatchObject({ status: 422 });
		});

		it('stay what they were when they are over', async () => {
			const [ended] = clerk.state.sessions.where('user_id', userId('ada.berg@example.com'));
			const { body } = await call(`POST /sessions/${ended?.id}/revoke`);
			expect(body.status).toBe('ended');
		});
	});
});
