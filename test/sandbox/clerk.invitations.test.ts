import { startClerk } from '../../sandbox/clerk';
import type { Clerk } from '../../sandbox/clerk';
import { callerOf, openApiDocument } from '../support/openapi';

const document = openApiDocument();
const DAY = 86_400_000;

type Listed = { id: string; email_address: string; status: string }[];

describe('members and invitations', () => {
	let clerk: Clerk;
	let call: ReturnType<typeof callerOf>;
	let now: number;
	let organization: string;

	beforeEach(async () => {
		now = Date.UTC(2026, 5, 1);
		clerk = await startClerk({ rateLimit: false, clock: () => now });
		call = callerOf(clerk, document);
		organization = clerk.state.organizations.where('slug', 'pine-co')[0]?.id ?? '';
	});

	afterEach(async () => await clerk.close());

	const userId = (name: string) =>
		clerk.state.users.where('email_address', `${name}@example.com`)[0]?.id ?? '';
	const names = (rows: Listed) => rows.map((one) => one.email_address.split('@')[0]);
	const refusal = ({ status, body }: { status: number; body: { errors: { code: string }[] } }) => [
		status,
		body.errors[0]?.code,
	];

	describe('members', () => {
		const path = () => `/organizations/${organization}/memberships`;

		it('are added, changed and removed', async () => {
			const user_id = userId('farid.haddad');
			const total = async () => (await call(`GET ${path()}`)).body.total_count;
			const body = { user_id, role: 'org:member', public_metadata: { team: 'a' } };
			const before = await total();
			const added = await call(`POST ${path()}`, { body });
			expect(added.body).toMatchObject({ role: 'org:member', public_metadata: { team: 'a' } });
			expect(await total()).toBe(before + 1);
			expect(refusal(await call(`POST ${path()}`, { body }))).toEqual([
				400,
				'already_a_member_in_organization',
			]);

			const change = { body: { role: 'org:billing' } };
			const changed = await call(`PATCH ${path()}/${user_id}`, change);
			expect(changed.body).toMatchObject({
				role: 'org:billing',
				role_name: 'Billing',
				permissions: ['org:sys_memberships:read', 'org:invoices:manage'],
			});
			const metadata = { body: { public_metadata: { team: null, desk: 4 } } };
			const merged = await call(`PATCH ${path()}/${user_id}/metadata`, metadata);
			expect(merged.body.public_metadata).toEqual({ desk: 4 });

			await call(`DELETE ${path()}/${user_id}`);
			expect(await total()).toBe(before);
			expect(await call(`DELETE ${path()}/${user_id}`)).toMatchObject({ status: 404 });
		});

		it('need a user and a role that exist', async () => {
			const somebody = { user_id: userId('farid.haddad'), role: 'org:owner' };
			expect(refusal(await call(`POST ${path()}`, { body: somebody }))).toEqual([
				422,
				'form_param_value_invalid',
			]);
			const nobody = { user_id: 'user_x', role: 'org:member' };
			expect(await call(`POST ${path()}`, { body: nobody })).toMatchObject({ status: 404 });
		});

		it('are as many as the organization may have, with who is invited', async () => {
			const { id } = (
				await call('POST /organizations', { body: { name: 'Two', max_allowed_memberships: 2 } })
			).body;
			const role = 'org:member';
			const add = async (name: string) =>
				await call(`POST /organizations/${id}/memberships`, {
					body: { user_id: userId(name), role },
				});
			const invite = async () =>
				await call(`POST /organizations/${id}/invitations`, {
					body: { email_address: 'new@example.com', role },
				});
			expect(await add('ada.berg')).toMatchObject({ status: 200 });
			const invited = await invite();
			const full = [403, 'organization_membership_quota_exceeded'];
			expect(refusal(await add('mei.chen'))).toEqual(full);
			await call(`POST /organizations/${id}/invitations/${invited.body.id}/revoke`);
			expect(await add('mei.chen')).toMatchObject({ status: 200 });
			expect(refusal(await invite())).toEqual(full);
			await call(`PATCH /organizations/${id}`, { body: { max_allowed_memberships: 0 } });
			expect(await invite()).toMatchObject({ status: 200 });
		});

		it('lose the organization in their sessions', async () => {
			const user_id = userId('mei.chen');
			const { body } = await call('POST /sessions', { body: { user_id } });
			expect(body.last_active_organization_id).toBe(organization);
			await call(`DELETE ${path()}/${user_id}`);
			const after = await call(`GET /sessions/${body.id}`);
			expect(after.body.last_active_organization_id).toBeNull();
		});

		it('of all organizations are in one list', async () => {
			const { body } = await call('GET /organization_memberships', { query: { limit: 500 } });
			expect(body.total_count).toBe(clerk.state.memberships.size);
		});
	});

	it('lists the roles', async () => {
		const keys = async (query: Record<string, string>) =>
			(await call('GET /organization_roles', { query })).body.data.map(
				({ key }: { key: string }) => key,
			);
		expect(await keys({ order_by: 'key' })).toEqual(['org:admin', 'org:billing', 'org:member']);
		expect(await keys({ query: 'BILL' })).toEqual(['org:billing']);
		expect(await keys({ query: 'bil', order_by: 'name' })).toEqual(['org:billing']);
	});

	describe('invitations', () => {
		const list = async (query = {}): Promise<Listed> =>
			(await call('GET /invitations', { query })).body;

		it('are listed by status, those that were revoked on request', async () => {
			expect(names(await list())).toEqual(['zoe.lund', 'aldo.ferri', 'wes.carter', 'birgit.hahn']);
			expect(names(await list({ status: 'revoked' }))).toEqual(['cora.diaz']);
			expect(names(await list({ status: 'expired' }))).toEqual(['birgit.hahn']);
			expect(names(await list({ query: 'ZOE' }))).toEqual(['zoe.lund']);
			expect(names(await list({ order_by: 'email_address' }))[0]).toBe('aldo.ferri');
		});

		it('are created, run out and are revoked', async () => {
			const body = { email_address: 'New@example.com', expires_in_days: 1 };
			const { id } = (await call('POST /invitations', { body })).body;
			expect(refusal(await call('POST /invitations', { body }))).toEqual([400, 'duplicate_record']);
			now += 2 * DAY;
			expect((await list({ query: id }))[0]).toMatchObject({ status: 'expired' });
			expect(await call('POST /invitations', { body })).toMatchObject({ status: 200 });

			const revoked = await call(`POST /invitations/${id}/revoke`);
			expect(revoked.body).toMatchObject({ status: 'revoked', revoked: true });
			expect(refusal(await call(`POST /invitations/${id}/revoke`))).toEqual([
				400,
				'invitation_already_revoked',
			]);
		});

		it('are not for users, unless that is ignored', async () => {
			const body = { email_address: 'ada.berg@example.com' };
			const exists = [422, 'form_identifier_exists'];
			expect(refusal(await call('POST /invitations', { body }))).toEqual(exists);
			const ignored = { ...body, ignore_existing: true };
			expect(await call('POST /invitations', { body: ignored })).toMatchObject({ status: 200 });
			expect(refusal(await call('POST /invitations/bulk', { body: [ignored] }))).toEqual(exists);
		});

		it('in bulk are all made, in their order, or none', async () => {
			const guests = (count: number) =>
				Array.from({ length: count }, (_, at) => ({ email_address: `guest${at}@example.com` }));
			const bulk = async (body: unknown) => await call('POST /invitations/bulk', { body });
			expect(await bulk(guests(11))).toMatchObject({ status: 422 });
			expect(await bulk([])).toMatchObject({ status: 422 });
			expect(await bulk({ email_address: 'a@example.com' })).toMatchObject({ status: 400 });
			const twice = [...guests(2), { email_address: 'GUEST0@example.com' }];
			expect(refusal(await bulk(twice))).toEqual([400, 'duplicate_record']);
			expect(await list({ query: 'guest' })).toEqual([]);
			const bad = await bulk([...guests(1), { email_address: 'no' }, { notify: true }]);
			expect(bad.body.errors.map(({ meta }: { meta: object }) => meta)).toEqual([
				{ param_name: 'email_address' },
				{ param_name: 'email_address' },
			]);
			expect(names((await bulk(guests(10))).body)).toEqual(guests(10).map((_, at) => `guest${at}`));
		});
	});

	describe('invitations to an organization', () => {
		const path = () => `/organizations/${organization}/invitations`;
		const guest = { email_address: 'Guest@example.com', role: 'org:member' };

		it('are created, listed, read and revoked', async () => {
			const { body } = await call(`POST ${path()}`, {
				body: { ...guest, inviter_user_id: userId('jonas.weber'), public_metadata: { a: 1 } },
			});
			expect(body).toMatchObject({
				status: 'pending',
				email_address: 'guest@example.com',
				public_inviter_data: { first_name: 'Jonas', identifier: 'jonas.weber@example.com' },
			});
			expect((await call(`GET ${path()}/${body.id}`)).body).toEqual(body);
			const listed = async (query: Record<string, string>) =>
				names((await call(`GET ${path()}`, { query })).body.data);
			expect(await listed({})).toEqual(['guest', 'fay.moss', 'gus.oak']);
			expect(await listed({ email_address: 'guest@example.com' })).toEqual(['guest']);
			const pending = await call(`GET ${path()}/pending`);
			expect(names(pending.body.data)).toEqual(['guest', 'fay.moss']);

			const revoke = async (requester: string) =>
				await call(`POST ${path()}/${body.id}/revoke`, {
					body: { requesting_user_id: userId(requester) },
				});
			expect(refusal(await revoke('mei.chen'))).toEqual([403, 'not_an_admin_in_organization']);
			expect((await revoke('jonas.weber')).body.status).toBe('revoked');
			expect(refusal(await revoke('jonas.weber'))).toEqual([
				400,
				'organization_invitation_not_pending',
			]);
		});

		it.each([
			['somebody invited', { email_address: 'fay.moss@example.com' }, 400, 'duplicate_record'],
			[
				'a member',
				{ email_address: 'mei.chen@example.com' },
				400,
				'already_a_member_in_organization',
			],
			['an unknown role', { role: 'org:x' }, 422, 'form_param_value_invalid'],
			['an unknown inviter', { inviter_user_id: 'user_x' }, 404, 'resource_not_found'],
		])('refuses %s, and in bulk everybody with them', async (_, changes, status, code) => {
			const body = { ...guest, ...changes };
			expect(refusal(await call(`POST ${path()}`, { body }))).toEqual([status, code]);
			const bulk = [{ ...guest, email_address: 'other@example.com' }, body];
			expect(refusal(await call(`POST ${path()}/bulk`, { body: bulk }))).toEqual([status, code]);
			expect((await call(`GET ${path()}`)).body.total_count).toBe(2);
		});

		it('in bulk are at most ten', async () => {
			const body = Array.from({ length: 11 }, (_, at) => ({
				...guest,
				email_address: `guest${at}@example.com`,
			}));
			expect(await call(`POST ${path()}/bulk`, { body })).toMatchObject({ status: 422 });
			const made = await call(`POST ${path()}/bulk`, { body: body.slice(1) });
			expect(made.body).toMatchObject({ total_count: 10 });
		});

		it('are listed for the instance and for a user', async () => {
			const all = await call('GET /organization_invitations', { query: { status: 'pending' } });
			expect(names(all.body.data)).toEqual(['wes.carter', 'fay.moss', 'dora.klein']);
			expect(all.body.data[1].public_organization_data).toMatchObject({ slug: 'pine-co' });
			const query = { query: 'FAY' };
			expect((await call('GET /organization_invitations', { query })).body.total_count).toBe(1);
			const own = `GET /users/${userId('wes.carter')}/organization_invitations`;
			expect(names((await call(own)).body.data)).toEqual(['wes.carter']);
			expect((await call(own, { query: { status: 'revoked' } })).body.total_count).toBe(0);
		});

		it('go with the organization', async () => {
			await call(`DELETE /organizations/${organization}`);
			expect(clerk.state.organizationInvitations.where('organization_id', organization)).toEqual(
				[],
			);
		});
	});

	describe('an hour', () => {
		it.each([
			['POST /invitations', 100, (email_address: string) => ({ email_address })],
			['POST /invitations/bulk', 25, (email_address: string) => [{ email_address }]],
		])('takes so many of %s: %d', async (requestLine, limit, bodyOf) => {
			clerk.setRateLimit({ limit: 1000 });
			const invite = async (at: number) =>
				await call(requestLine, { body: bodyOf(`guest${at}@example.com`) });
			for (let at = 0; at < limit; at += 1) {
				expect(await invite(at)).toMatchObject({ status: 200 });
			}
			const refused = await invite(limit);
			expect([refused.status, refused.headers['retry-after']]).toEqual([429, '3600']);
			now += 3_600_000;
			expect(await invite(limit)).toMatchObject({ status: 200 });
		});

		it('takes as many as a test says', async () => {
			clerk.setRateLimit({
				hourly: { organizationInvitations: 1, organizationInvitationsBulk: 0 },
			});
			const path = `/organizations/${organization}/invitations`;
			const body = { email_address: 'guest@example.com', role: 'org:member' };
			expect(await call(`POST ${path}/bulk`, { body: [body] })).toMatchObject({ status: 429 });
			expect(await call(`POST ${path}`, { body })).toMatchObject({ status: 200 });
			expect(await call(`POST ${path}`, { body })).toMatchObject({ status: 429 });
		});
	});
});
