import { startClerk } from '../../sandbox/clerk';
import type { Clerk } from '../../sandbox/clerk';
import { routes as billing } from '../../sandbox/clerk/resources/billing';
import { routes as instance } from '../../sandbox/clerk/resources/instance';
import { routes as oauthApplications } from '../../sandbox/clerk/resources/oauthApplications';
import { routes as templates } from '../../sandbox/clerk/resources/templates';
import { callerOf, openApiDocument } from '../support/openapi';
import { unjudged } from '../support/unjudged';

const document = openApiDocument();
const judged = new Set<string>();

let clerk: Clerk;
let call: ReturnType<typeof callerOf>;
let now: number;

beforeEach(async () => {
	now = Date.UTC(2026, 5, 1);
	clerk = await startClerk({ rateLimit: false, clock: () => now });
	call = callerOf(clerk, document, judged);
});

afterEach(async () => await clerk.close());

const bodyOf = async (line: string, body?: object) => (await call(line, { body })).body;
const statusOf = async (line: string, body?: object) => (await call(line, { body })).status;
const paginated = { query: { paginated: true } };

describe('the settings of the instance', () => {
	it.each([
		['restrictions', { allowlist: true }, { allowlist: true, blocklist: false }],
		[
			'communication',
			{ blocked_country_codes: ['KP'] },
			{ object: 'instance_communication', blocked_country_codes: ['KP'] },
		],
		['protect', { rules_enabled: true }, { rules_enabled: true, specter_enabled: false }],
		[
			'oauth_application_settings',
			{ default_scopes: null },
			{ default_scopes: ['profile', 'email'] },
		],
		['organization_settings', { max_allowed_memberships: 9 }, { max_allowed_memberships: 9 }],
	])('%s are kept', async (group, changes, expected) => {
		expect(await bodyOf(`PATCH /instance/${group}`, changes)).toMatchObject(expected);
		// There is no route that reads restrictions.
		if (group === 'restrictions') return;
		expect(await bodyOf(`GET /instance/${group}`)).toMatchObject(expected);
	});

	it('leave what is null or absent as it is', async () => {
		const changes = { restricted_to_allowlist: true, from_email_address: null };
		expect(await bodyOf('PATCH /beta_features/instance_settings', changes)).toMatchObject({
			restricted_to_allowlist: true,
			from_email_address: 'notifications',
		});
		expect(
			await statusOf('PATCH /beta_features/instance_settings', { from_email_address: 'a@b' }),
		).toBe(422);
	});

	it('name roles by ID and tell them by key', async () => {
		const role = clerk.state.roles.rows.find(({ key }) => key === 'org:billing');
		const path = 'PATCH /instance/organization_settings';
		expect(await bodyOf(path, { creator_role_id: role?.id })).toMatchObject({
			creator_role: 'org:billing',
		});
		expect(await statusOf(path, { domains_default_role_id: 'role_x' })).toBe(404);
	});

	it('are changed without content in the response', async () => {
		const changes = { allowed_origins: ['https://a.example'], hibp: true };
		expect(await call('PATCH /instance', { body: changes })).toMatchObject({
			status: 204,
			text: '',
		});
		expect((await bodyOf('GET /instance')).allowed_origins).toEqual(['https://a.example']);
		expect(await statusOf('PATCH /instance', { hibp: 1 })).toBe(422);
	});

	it.each(['POST /instance/change_domain', 'PUT /beta_features/domain'])(
		'%s signs everybody out',
		async (line) => {
			const open = () =>
				clerk.state.sessions.rows.filter(({ status }) => status === 'active').length;
			expect(await statusOf(line, { home_url: 'nowhere' })).toBe(422);
			expect(open()).toBeGreaterThan(0);
			expect(await statusOf(line, { home_url: 'https://www.example.com' })).toBe(202);
			expect(open()).toBe(0);
		},
	);

	it('has keys, and a page', async () => {
		expect((await bodyOf('GET /jwks')).keys).toMatchObject([{ kty: 'RSA', alg: 'RS256' }]);
		const query = { publishable_key: 'pk_test_1' };
		const page = await call('GET /public/interstitial', { query });
		expect(page.text).toMatch(/^<!doctype html>/);
		expect(await statusOf('GET /public/interstitial')).toBe(400);
	});

	it('has a Svix app or none', async () => {
		expect(await statusOf('POST /webhooks/svix_url')).toBe(400);
		expect((await bodyOf('POST /webhooks/svix')).svix_url).toMatch(/^https:/);
		expect(await statusOf('POST /webhooks/svix')).toBe(400);
		expect((await bodyOf('POST /webhooks/svix_url')).svix_url).toMatch(/^https:/);
		expect(await statusOf('DELETE /webhooks/svix')).toBe(204);
		expect(await statusOf('DELETE /webhooks/svix')).toBe(400);
	});
});

describe('templates', () => {
	it('of tokens are created, read, changed, listed and deleted', async () => {
		const body = { name: 'nhost', claims: { role: '{{user.id}}' }, lifetime: 600 };
		const { id } = await bodyOf('POST /jwt_templates', body);
		expect(await bodyOf(`GET /jwt_templates/${id}`)).toMatchObject(body);
		expect(await statusOf('POST /jwt_templates', body)).toBe(422);
		const keyless = { ...body, custom_signing_key: true };
		expect(await statusOf(`PATCH /jwt_templates/${id}`, keyless)).toBe(422);
		const signed = { ...keyless, signing_algorithm: 'HS256', signing_key: 'shared' };
		const changed = await bodyOf(`PATCH /jwt_templates/${id}`, signed);
		expect(changed).toMatchObject({ signing_algorithm: 'HS256', custom_signing_key: true });
		expect(changed).not.toHaveProperty('signing_key');
		const names = async () =>
			(await call('GET /jwt_templates', paginated)).body.data.map(
				({ name }: { name: string }) => name,
			);
		expect((await names()).sort()).toEqual(['hasura', 'nhost', 'supabase']);
		expect(await statusOf(`DELETE /jwt_templates/${id}`)).toBe(200);
		expect(await statusOf(`DELETE /jwt_templates/${id}`)).toBe(404);
		expect(await bodyOf('GET /jwt_templates')).toHaveLength(2);
	});

	it('of messages are changed and go back', async () => {
		const path = '/templates/email/verification_code';
		const [first] = await bodyOf('GET /templates/email');
		expect((await call('GET /templates/sms', paginated)).body.total_count).toBe(2);
		const changed = await bodyOf(`PUT ${path}`, { subject: 'Hi', body: '{{otp_code}}!' });
		expect(changed).toMatchObject({ subject: 'Hi', can_revert: true, resource_type: 'user' });
		expect(changed.available_variables).toEqual(['app.name', 'app.url', 'otp_code']);
		expect(await bodyOf(`GET ${path}`)).toEqual(changed);
		expect(await bodyOf(`POST ${path}/preview`, { body: '{{a}}' })).toMatchObject({ body: '[a]' });
		const quiet = await bodyOf(`POST ${path}/toggle_delivery`, { delivered_by_clerk: false });
		expect(quiet.delivered_by_clerk).toBe(false);
		const back = await bodyOf(`POST ${path}/revert`);
		expect(back).toEqual({ ...first, updated_at: back.updated_at });
		expect(await statusOf('GET /templates/sms/unknown')).toBe(404);
	});
});

describe('OAuth applications', () => {
	const path = '/oauth_applications';
	const portal = () => {
		const [row] = clerk.state.oauthApplications.rows;
		if (!row) throw new TypeError('no application is seeded');
		return row;
	};

	it('are found by name and client ID', async () => {
		const names = async (query: Record<string, string>) =>
			(await call(`GET ${path}`, { query })).body.data.map(({ name }: { name: string }) => name);
		expect(await names({ order_by: '+name' })).toEqual(['Partner Portal', 'Phone App']);
		expect(await names({ name_query: 'PORTAL' })).toEqual(['Partner Portal']);
		expect(await names({ name_query: portal().client_id })).toEqual(['Partner Portal']);
	});

	it('show their secret when it is made, and at no other time', async () => {
		const made = await bodyOf(`POST ${path}`, { name: 'New', callback_url: 'https://new.example' });
		expect(made).toMatchObject({ redirect_uris: ['https://new.example'] });
		expect(made.client_secret).toMatch(/^[0-9a-f]{32}$/);
		expect(await bodyOf(`GET ${path}/${made.id}`)).not.toHaveProperty('client_secret');
		const rotated = await bodyOf(`POST ${path}/${made.id}/rotate_secret`);
		expect(rotated.client_secret).toMatch(/^[0-9a-f]{32}$/);
		expect(rotated.client_secret).not.toBe(made.client_secret);
		expect(await bodyOf(`POST ${path}`, { name: 'Open', public: true })).toMatchObject({
			client_secret: '',
		});
	});

	it('are changed, pictured and deleted', async () => {
		const { id } = portal();
		expect(await bodyOf(`PATCH ${path}/${id}`, { name: 'Gate', scopes: null })).toMatchObject({
			name: 'Gate',
			scopes: 'profile email',
		});
		const form = new FormData();
		form.set('file', new Blob(['png'], { type: 'image/png' }), 'image.png');
		const { body } = await call(`PUT ${path}/${id}/logo`, { body: form });
		expect(body.client_image_url).toMatch(/^https:\/\/img\.clerk\.com\/img_/);
		expect(await bodyOf(`DELETE ${path}/${id}`)).toMatchObject({ deleted: true });
		expect(await statusOf(`GET ${path}/${id}`)).toBe(404);
	});

	it('have tokens, which are revoked together', async () => {
		const verify = async (access_token: string) =>
			await bodyOf(`POST ${path}/access_tokens/verify`, { access_token });
		expect(await verify('oat_sandbox_ada')).toMatchObject({
			client_id: portal().client_id,
			revoked: false,
			expired: false,
			scopes: ['profile', 'email'],
		});
		const revoke = `POST ${path}/${portal().id}/revoke_token`;
		now += 1000;
		expect(await statusOf(revoke, { token: 'ort_sandbox_ada' })).toBe(204);
		for (const { updated_at: at } of clerk.state.oauthTokens.rows) expect(at).toBe(now);
		expect(await verify('oat_sandbox_ada')).toMatchObject({ revoked: true });
		expect(await statusOf(revoke, { token: 'ort_sandbox_ada' })).toBe(400);
		expect(await verify('a.jwt.x')).toEqual({ active: false });
		for (const [line, body] of [
			[`POST ${path}/access_tokens/verify`, { access_token: 'oat_secret' }],
			[revoke, { token: 'oat_secret' }],
		] as const) {
			const refused = await call(line, { body });
			expect([refused.status, refused.body.errors[0].long_message]).toEqual([
				404,
				'No token was found.',
			]);
		}
		const none = await call(`POST ${path}/access_tokens/verify`, { body: {} });
		expect([none.status, none.body.errors]).toMatchObject([
			400,
			[{ long_message: 'One of access_token and secret must be included.' }],
		]);
		expect(none.body.errors).toHaveLength(1);
	});
});

describe('billing', () => {
	const list = async (path: string, query: Record<string, string | boolean> = {}) =>
		(await call(`GET /billing/${path}`, { query: { paginated: true, ...query } })).body.data;
	const items = async (query: Record<string, string | boolean> = {}) =>
		await list('subscription_items', query);

	it('has plans and their prices', async () => {
		const slugs = (await list('plans', { payer_type: 'org' })).map(
			({ slug }: { slug: string }) => slug,
		);
		expect(slugs.sort()).toEqual(['free_org', 'team']);
		const plans = await list('plans', { payer_type: 'user' });
		const bySlug = Object.fromEntries(plans.map((plan: { slug: string }) => [plan.slug, plan]));
		const isShown = { is_recurring: true, publicly_visible: true };
		expect(bySlug).toMatchObject({
			pro: { ...isShown, has_base_fee: true, is_default: false },
			free_user: { ...isShown, has_base_fee: false, is_default: true },
		});
		const prices = async () =>
			(await list('prices', { plan_id: 'cplan_pro' })).map(
				({ amount }: { amount: number }) => amount,
			);
		expect(await prices()).toEqual([900, 1200]);
		const body = { plan_id: 'cplan_pro', amount: 500, annual_monthly_amount: 400 };
		expect(await bodyOf('POST /billing/prices', body)).toMatchObject({
			supported_billing_periods: 'both',
			is_default: false,
		});
		expect(await prices()).toEqual([500, 900, 1200]);
		const few = await call('POST /billing/prices', { body: { ...body, amount: 50 } });
		expect([few.status, few.body.errors]).toMatchObject([
			422,
			[{ long_message: 'amount must be 0, or at least 100.', meta: { param_name: 'amount' } }],
		]);
		expect(few.body.errors).toHaveLength(1);
		expect(await statusOf('POST /billing/prices', { ...body, plan_id: 'x' })).toBe(404);
	});

	it('has a statement for each month that was paid', async () => {
		const statements = await list('statements');
		expect(statements.map(({ status }: { status: string }) => status)).toContain('open');
		const [{ id, totals }] = statements;
		expect(await bodyOf(`GET /billing/statements/${id}`)).toEqual(statements[0]);
		const [attempt] = await list(`statements/${id}/payment_attempts`);
		expect(attempt).toMatchObject({ statement_id: id, amount: totals.grand_total, status: 'paid' });
		expect(await statusOf('GET /billing/statements/stmt_x')).toBe(404);
	});

	it('lists who is subscribed to what', async () => {
		expect(await items({ query: 'harbour' })).toMatchObject([
			{ plan: { slug: 'team' }, payer: { organization_name: 'Harbour Labs' } },
		]);
		// Seven months of $99, and the four of Ada's; nothing was paid in a trial.
		const paid = async (query: Record<string, string>) =>
			(await items(query)).map(
				(item: { lifetime_paid: { amount: number } }) => item.lifetime_paid.amount,
			);
		expect(await paid({ plan_id: 'cplan_team' })).toEqual([69_300]);
		expect(await paid({ query: 'ada.berg' })).toEqual([4800]);
		expect(await paid({ status: 'free_trial' })).toEqual([0]);
		expect(await items({ status: 'free_trial' })).toHaveLength(1);
		expect(await items({ payer_type: 'user' })).toHaveLength(2);
		await call(`GET /users/${clerk.state.users.rows[5]?.id}/billing/subscription`);
		expect(await items({ payer_type: 'user', include_free: true })).toHaveLength(3);
	});

	it('cancels for later, or now', async () => {
		const [{ id }] = await items({ plan_id: 'cplan_team' });
		const path = `DELETE /billing/subscription_items/${id}`;
		const later = await bodyOf(path);
		expect([later.status, later.next_payment, later.ended_at]).toEqual(['active', null, null]);
		const { body } = await call(path, { query: { end_now: true } });
		expect(body.status).toBe('ended');
		expect(await statusOf(path)).toBe(422);
		expect(await items({ status: 'ended' })).toHaveLength(1);
	});

	it('lets a trial last longer', async () => {
		const [{ id }] = await items({ status: 'free_trial' });
		const [{ id: other }] = await items({ plan_id: 'cplan_team' });
		const extend = (item: string, days: number) => [
			`POST /billing/subscription_items/${item}/extend_free_trial`,
			{ extend_to: new Date(clerk.state.clock() + days * 86_400_000).toISOString() },
		];
		const [line, body] = extend(id, 30) as [string, { extend_to: string }];
		expect((await bodyOf(line, body)).period_end).toBe(Date.parse(body.extend_to));
		for (const [item, days] of [
			[id, -1],
			[id, 999],
			[other, 5],
		] as const) {
			expect(await statusOf(...(extend(item, days) as [string, object]))).toBe(422);
		}
	});

	it('gives discounts, one at a time', async () => {
		const [{ id }] = await items({ plan_id: 'cplan_team' });
		const path = `/billing/subscription_items/${id}/discounts`;
		const give = async (discount_id: string) =>
			await call(`POST ${path}`, { body: { discount_id } });
		expect((await give('disc_welcome')).body).toMatchObject({ percent_off: 20, status: 'active' });
		expect((await give('disc_welcome')).status).toBe(409);
		expect((await give('disc_goodwill')).body).toMatchObject({ effect: 'fixed_amount' });
		expect((await give('disc_x')).status).toBe(404);
		expect(await statusOf(`DELETE ${path}/disc_welcome`)).toBe(404);
		expect(await bodyOf(`DELETE ${path}/disc_goodwill`)).toMatchObject({ status: 'removed' });
	});

	it('moves an item to another price', async () => {
		const [{ id, payer_id }] = await items({ status: 'free_trial' });
		const subscription = async () => await bodyOf(`GET /users/${payer_id}/billing/subscription`);
		const before = await subscription();
		const [friends, normal] = await list('prices', { plan_id: 'cplan_pro' });
		const path = `POST /billing/subscription_items/${id}/price_transition`;
		const body = { from_price_id: normal.id, to_price_id: friends.id };
		const [team] = await list('prices', { plan_id: 'cplan_team' });
		expect(await statusOf(path, { ...body, to_price_id: team.id })).toBe(422);
		expect(await statusOf(path, { ...body, from_price_id: team.id })).toBe(422);
		const { subscription_item: item, transition } = await bodyOf(path, body);
		expect(item.price_id).toBe(friends.id);
		expect(transition.previous_subscription_item_id).toBe(id);
		expect(transition.charged_immediately).toBe(true);
		expect(item.id).not.toBe(id);
		expect(await statusOf(path, body)).toBe(404);
		const { subscription_items: others, ...after } = await subscription();
		expect(after).toMatchObject({ id: before.id, active_at: before.active_at });
		expect(after.created_at).toBe(before.created_at);
		expect(others[0]).toMatchObject({ id: item.id, price_id: friends.id });
	});
});

(document ? test : test.skip)('Clerk’s document has judged a response of every route', () => {
	const routes = {
		...billing,
		...instance,
		...oauthApplications,
		...templates,
	};
	expect(unjudged(routes, judged)).toEqual([]);
});
