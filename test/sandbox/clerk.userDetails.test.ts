import { TOTP } from 'otpauth';
import { createHash } from 'node:crypto';
import { startClerk } from '../../sandbox/clerk';
import { isTotp } from '../../sandbox/clerk/totp';
import type { Clerk } from '../../sandbox/clerk';
import { callerOf, openApiDocument } from '../support/openapi';

const document = openApiDocument();

describe('what belongs to a user', () => {
	let clerk: Clerk;
	let call: ReturnType<typeof callerOf>;

	beforeEach(async () => {
		clerk = await startClerk({ rateLimit: false });
		call = callerOf(clerk, document);
	});

	afterEach(async () => await clerk.close());

	const find = (name: string) => {
		const [user] = clerk.state.users.where('email_address', `${name}@example.com`);
		if (!user) throw new TypeError(`${name} is not seeded`);
		return user;
	};
	const read = async ({ id }: { id: string }) => (await call(`GET /users/${id}`)).body;
	const responseOf = ({
		status,
		body,
	}: {
		status: number;
		body: { errors?: { code: string }[] };
	}) => [status, body.errors?.[0]?.code ?? body];

	it('knows the codes of an authenticator app', () => {
		// RFC 6238, appendix B: the last six digits.
		const base32 = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
		const at = 1_111_111_109_000;
		const good = [-60_000, -30_000, 0, 30_000, 60_000].map((off) =>
			isTotp(base32, '081804', at + off),
		);
		expect(good).toEqual([false, true, true, true, false]);
	});

	it('is locked and unlocked', async () => {
		const ada = find('ada.berg');
		expect((await call(`POST /users/${ada.id}/lock`)).body.locked).toBe(true);
		expect((await read(ada)).locked).toBe(true);
		expect((await call(`POST /users/${ada.id}/unlock`)).body.locked).toBe(false);
	});

	describe('passwords', () => {
		const verify = async ({ id }: { id: string }, password: string) =>
			responseOf(await call(`POST /users/${id}/verify_password`, { body: { password } }));

		it('are verified, replaced and removed', async () => {
			const jonas = find('jonas.weber');
			expect(await verify(jonas, 'correct horse battery')).toEqual([200, { verified: true }]);
			expect(await verify(jonas, 'wrong')).toEqual([422, 'incorrect_password']);
			await call(`PATCH /users/${jonas.id}`, { body: { password: 'another battery' } });
			expect(await verify(jonas, 'another battery')).toEqual([200, { verified: true }]);

			const path = `POST /users/${jonas.id}/remove_password`;
			expect((await call(path)).body.password_enabled).toBe(false);
			expect(clerk.state.sessions.where('user_id', jonas.id).at(-1)?.status).toBe('active');
			await call(path, { body: { sign_out_of_other_sessions: true } });
			expect(clerk.state.sessions.where('user_id', jonas.id).at(-1)?.status).toBe('revoked');
			expect(await verify(jonas, 'another battery')).toEqual([400, 'no_password_set']);
			expect(await verify({ id: 'user_x' }, '')).toEqual([404, 'resource_not_found']);
		});

		it('are verified against an imported digest', async () => {
			const { body } = await call('POST /users', {
				body: {
					email_address: ['moved@example.com'],
					password_digest: createHash('md5').update('hello').digest('hex'),
					password_hasher: 'md5',
				},
			});
			expect(await verify(body, 'hello')).toEqual([200, { verified: true }]);
			expect(await verify(body, 'hello!')).toEqual([422, 'incorrect_password']);
		});

		it('are compromised until they are not', async () => {
			const { id } = find('jonas.weber');
			const compromised = () => clerk.state.users.get(id)?.password_compromised;
			const path = `POST /users/${id}/password`;
			await call(`${path}/set_compromised`, { body: { revoke_all_sessions: true } });
			expect(compromised()).toBe(true);
			expect(clerk.state.sessions.where('user_id', id).at(-1)?.status).toBe('revoked');
			await call(`${path}/unset_compromised`);
			expect(compromised()).toBe(false);
		});
	});

	describe('second factors', () => {
		const verify = async (id: string, code: string) =>
			responseOf(await call(`POST /users/${id}/verify_totp`, { body: { code } }));

		it('are verified, a backup code once', async () => {
			const { id, totp_secret: secret } = find('jonas.weber');
			const code = new TOTP({ secret: secret ?? '' }).generate({ timestamp: clerk.state.clock() });
			expect(await verify(id, code)).toEqual([200, { verified: true, code_type: 'totp' }]);
			const once = [200, { verified: true, code_type: 'backup_code' }];
			expect(await verify(id, 'one-time-1')).toEqual(once);
			expect(await verify(id, 'one-time-1')).toEqual([422, 'form_code_incorrect']);
			expect(await verify(find('ada.berg').id, code)).toEqual([400, 'totp_not_enabled']);
		});

		it.each([
			['backup_code', { backup_code_enabled: false, totp_enabled: true, two_factor_enabled: true }],
			['totp', { totp_enabled: false, two_factor_enabled: false }],
			['mfa', { totp_enabled: false, backup_code_enabled: false, two_factor_enabled: false }],
		])('are deleted: %s', async (what, expected) => {
			const jonas = find('jonas.weber');
			expect((await read(jonas)).two_factor_enabled).toBe(true);
			const response = await call(`DELETE /users/${jonas.id}/${what}`);
			expect(response.body).toEqual({ user_id: jonas.id });
			const after = await read(jonas);
			expect(after).toMatchObject(expected);
			expect(after.mfa_disabled_at !== null).toBe(!expected.two_factor_enabled);
		});
	});

	it.each([
		['passkeys', 'ada.berg', 'passkey', 2],
		['external_accounts', 'ada.berg', 'external_account', 1],
		['web3_wallets', 'mei.chen', 'web3_wallet', 1],
	] as const)('loses %s', async (list, name, object, count) => {
		const user = find(name);
		const before = (await read(user))[list];
		expect(before).toHaveLength(count);
		const path = `DELETE /users/${user.id}/${list}/${before[0].id}`;
		expect((await call(path)).body).toEqual({ object, id: before[0].id, deleted: true });
		const after = await read(user);
		expect(after[list]).toHaveLength(count - 1);
		expect(after.primary_web3_wallet_id).toBeNull();
		expect(await call(path)).toMatchObject({ status: 404 });
	});

	it('has tokens of those it signs in with', async () => {
		const path = `GET /users/${find('ada.berg').id}/oauth_access_tokens`;
		const { body } = await call(`${path}/oauth_google`, { query: { paginated: true } });
		expect(body).toMatchObject({
			total_count: 1,
			data: [{ scopes: ['email', 'openid', 'profile'] }],
		});
		expect((await call(`${path}/oauth_github`)).body).toEqual([]);
	});

	it('trusts devices until they are revoked', async () => {
		const path = `/users/${find('ada.berg').id}/trusted_devices`;
		const { body } = await call(`GET ${path}`);
		expect(body.data.map((one: { platform: string }) => one.platform).sort()).toEqual([
			'android',
			'ios',
		]);
		const device = `DELETE ${path}/${body.data[0].id}`;
		expect((await call(device)).body.status).toBe('revoked');
		expect((await call(`GET ${path}`)).body.total_count).toBe(1);
		expect(await call(device)).toMatchObject({ status: 404 });
	});

	describe('addresses and numbers', () => {
		const replace = async (name: string, body: object) =>
			await call(`PUT /users/${find(name).id}/email_address`, { body });

		it('are replaced by one', async () => {
			const mei = find('mei.chen');
			const { body } = await replace('mei.chen', { email_address: 'Mei@example.org' });
			expect(body).toMatchObject({ email_address: 'mei@example.org', reserved: false });
			expect(await read(mei)).toMatchObject({
				email_addresses: [body],
				primary_email_address_id: body.id,
			});
			const query = { email_address: ['mei.chen@example.com'] };
			expect((await call('GET /users', { query })).body).toEqual([]);
			const number = await call(`PUT /users/${mei.id}/phone_number`, {
				body: { phone_number: '+12025550188', identification_status: 'reserved' },
			});
			expect(number.body).toMatchObject({ reserved: true, verification: null });
			expect((await read(mei)).phone_numbers).toEqual([number.body]);
		});

		it('are not somebody else’s, unless nobody has verified them', async () => {
			const taken = { email_address: 'ada.berg@example.com' };
			expect(responseOf(await replace('mei.chen', taken))).toEqual([422, 'form_identifier_exists']);
			const unverified = { email_address: 'free@example.com', identification_status: 'unverified' };
			expect(await replace('mei.chen', unverified)).toMatchObject({ status: 200 });
			const claimed = { email_address: 'free@example.com' };
			expect(await replace('jonas.weber', claimed)).toMatchObject({ status: 200 });
		});

		it('stay while an account is linked to them', async () => {
			const ada = find('ada.berg');
			const body = { email_address: 'ada@example.org' };
			expect(await replace('ada.berg', body)).toMatchObject({ status: 403 });
			await call(`DELETE /users/${ada.id}/external_accounts/${ada.external_accounts[0]?.id}`);
			expect(await replace('ada.berg', body)).toMatchObject({ status: 200 });
		});
	});

	it('goes with the user', async () => {
		const { id } = find('ada.berg');
		await call(`DELETE /users/${id}`);
		const { trustedDevices, subscriptions } = clerk.state;
		expect(trustedDevices.where('user_id', id)).toEqual([]);
		expect(subscriptions.where('payer_id', id)).toEqual([]);
	});

	describe('billing', () => {
		it('keeps a balance, and counts a key once', async () => {
			const path = `/users/${find('ada.berg').id}/billing/credits`;
			const balance = async () => (await call(`GET ${path}`)).body.balance;
			const adjust = async (body: object) => await call(`POST ${path}`, { body });
			const first = { amount: 1250, action: 'increase', idempotency_key: 'one' };
			expect(await balance()).toBeNull();
			expect((await call(`GET ${path}`)).body.object).toBe('commerce_credit_balance');
			const { body } = await adjust(first);
			expect(body.object).toBe('commerce_credit_ledger');
			expect((await adjust(first)).body).toEqual(body);
			expect(await balance()).toMatchObject({ amount: 1250, amount_formatted: '$12.50' });
			const other = { ...first, amount: 1 };
			expect(responseOf(await adjust(other))).toEqual([409, 'idempotency_key_conflict']);
			const less = { amount: 250, action: 'decrease', idempotency_key: 'two' };
			expect((await adjust(less)).body.amount).toMatchObject({ amount: -250 });
			expect(await balance()).toMatchObject({ amount: 1000 });
			for (const amount of [0, -5, 1001]) {
				const body = { ...less, amount, idempotency_key: 'three' };
				expect(await adjust(body)).toMatchObject({ status: 422 });
			}
			const euros = { amount: 500, action: 'increase', idempotency_key: 'four', currency: 'EUR' };
			expect(await adjust(euros)).toMatchObject({
				status: 422,
				body: { errors: [{ long_message: 'currency must be that of the balance, USD.' }] },
			});
			expect((await adjust({ ...euros, currency: 'usd' })).status).toBe(200);
			expect(await balance()).toMatchObject({ amount: 1500, amount_formatted: '$15.00' });
		});

		it('shows what is paid for, and the free plan to everybody else', async () => {
			const slugOf = async (path: string) =>
				(await call(`GET ${path}/billing/subscription`)).body.subscription_items[0].plan.slug;
			const [harbour] = clerk.state.organizations.where('slug', 'harbour-labs');
			expect(await slugOf(`/organizations/${harbour?.id}`)).toBe('team');
			expect(await slugOf(`/users/${find('ada.berg').id}`)).toBe('pro');
			expect(await slugOf(`/users/${find('mei.chen').id}`)).toBe('free_user');
		});
	});

	describe('sessions', () => {
		it('are created, where there is testing', async () => {
			const { id } = find('hiro.tanaka');
			const body = { user_id: id };
			const created = await call('POST /sessions', { body });
			expect(created.body).toMatchObject({ status: 'active', user_id: id });
			expect((await read({ id })).last_sign_in_at).toBe(created.body.created_at);
			expect(await call('POST /sessions', { body, key: clerk.liveSecretKey })).toMatchObject({
				status: 400,
			});
			const elsewhere = { ...body, active_organization_id: 'org_x' };
			expect(await call('POST /sessions', { body: elsewhere })).toMatchObject({ status: 422 });
		});

		it('have tokens while they are open', async () => {
			const { id } = clerk.state.sessions.where('user_id', find('jonas.weber').id).at(-1) ?? {};
			const seconds = { body: { expires_in_seconds: 90 } };
			const { body } = await call(`POST /sessions/${id}/tokens/supabase`, seconds);
			const claims = JSON.parse(Buffer.from(body.jwt.split('.')[1], 'base64url').toString());
			expect(claims).toMatchObject({ sid: id, exp: claims.iat + 90 });

			const refresh = async (changes = {}) =>
				await call(`POST /sessions/${id}/refresh`, {
					body: {
						expired_token: body.jwt,
						refresh_token: `refresh_${id}`,
						request_origin: 'https://app.example',
						...changes,
					},
				});
			expect((await refresh()).body.object).toBe('token');
			expect((await refresh({ format: 'cookie' })).body.object).toBe('cookies');
			expect(await refresh({ refresh_token: 'other' })).toMatchObject({ status: 401 });
			expect(await refresh({ expired_token: 'a.b.c' })).toMatchObject({ status: 401 });
			expect(await refresh({ request_origin: 7 })).toMatchObject({ status: 401 });

			await call(`POST /sessions/${id}/revoke`);
			expect(await call(`POST /sessions/${id}/tokens`)).toMatchObject({ status: 404 });
			expect(await refresh()).toMatchObject({ status: 401 });
		});
	});
});
