import { createClerkClient } from '@clerk/backend';
import { startClerk } from '../../sandbox/clerk';
import type { Clerk } from '../../sandbox/clerk';

describe('the official SDK', () => {
	let clerk: Clerk;
	let sdk: ReturnType<typeof createClerkClient>;

	beforeEach(async () => {
		clerk = await startClerk({ rateLimit: false });
		const { secretKey, origin: apiUrl } = clerk;
		const telemetry = { disabled: true, debug: false, samplingRate: 0 };
		sdk = createClerkClient({ secretKey, apiUrl, telemetry });
	});

	afterEach(async () => await clerk.close());

	const idOf = (emailAddress: string) =>
		clerk.state.users.where('email_address', emailAddress)[0]?.id ?? '';

	it('lists and counts users', async () => {
		const { data, totalCount } = await sdk.users.getUserList({
			emailAddress: ['ada.berg@example.com', 'mei.chen@example.com'],
			orderBy: '+first_name',
		});
		expect(data.map((user) => user.firstName)).toEqual(['Ada', 'Mei']);
		expect(totalCount).toBe(2);
		expect(await sdk.users.getCount({ query: 'example.com' })).toBe(24);
	});

	it('filters users by sign and by time', async () => {
		const ada = idOf('ada.berg@example.com');
		const { totalCount } = await sdk.users.getUserList({ userId: [`-${ada}`], limit: 1 });
		expect(totalCount).toBe(23);
		const { data } = await sdk.users.getUserList({
			lastActiveAtBefore: Date.now() - 90 * 86_400_000,
			limit: 100,
		});
		expect(data.length).toBe(8);
	});

	it('creates, reads, updates and deletes a user', async () => {
		const created = await sdk.users.createUser({
			emailAddress: ['New@example.com'],
			password: 'correct horse battery',
			firstName: 'Nia',
			publicMetadata: { plan: 'pro' },
		});
		expect(created.primaryEmailAddress?.emailAddress).toBe('new@example.com');
		expect(created.primaryEmailAddress?.verification?.status).toBe('verified');
		expect(created.passwordEnabled).toBe(true);

		const updated = await sdk.users.updateUser(created.id, { lastName: 'North' });
		expect((await sdk.users.getUser(created.id)).fullName).toBe('Nia North');
		expect(updated.publicMetadata).toEqual({ plan: 'pro' });

		expect(await sdk.users.deleteUser(created.id)).toMatchObject({ id: created.id });
		await expect(sdk.users.getUser(created.id)).rejects.toMatchObject({
			status: 404,
			errors: [{ code: 'resource_not_found' }],
		});
	});

	it('merges and replaces metadata', async () => {
		const id = idOf('ada.berg@example.com');
		const merged = await sdk.users.updateUserMetadata(id, {
			publicMetadata: { preferences: { theme: null, font: 'serif' } },
		});
		expect(merged.publicMetadata).toEqual({
			plan: 'pro',
			preferences: { language: 'en', font: 'serif' },
		});
		const replaced = await sdk.users.replaceUserMetadata(id, { publicMetadata: { only: 1 } });
		expect(replaced.publicMetadata).toEqual({ only: 1 });
		expect(replaced.privateMetadata).toEqual({ crm: { id: 'crm-1001' } });
	});

	it('bans and unbans, which ends the sessions', async () => {
		const userId = idOf('ada.berg@example.com');
		expect((await sdk.users.banUser(userId)).banned).toBe(true);
		const { data, totalCount } = await sdk.sessions.getSessionList({ userId });
		expect(data.map((session) => session.status)).toEqual(['revoked', 'ended']);
		expect(totalCount).toBe(2);
		expect((await sdk.users.unbanUser(userId)).banned).toBe(false);
	});

	it('reads and revokes sessions', async () => {
		const userId = idOf('jonas.weber@example.com');
		const { data } = await sdk.sessions.getSessionList({ userId, status: 'active' });
		const id = data[0]?.id ?? '';
		expect((await sdk.sessions.getSession(id)).userId).toBe(userId);
		expect((await sdk.sessions.revokeSession(id)).status).toBe('revoked');
	});

	it('drives organizations', async () => {
		const createdBy = idOf('ada.berg@example.com');
		const created = await sdk.organizations.createOrganization({ name: 'New Wave!', createdBy });
		expect(created.slug).toBe('new-wave');

		const members = await sdk.organizations.getOrganizationMembershipList({
			organizationId: created.id,
		});
		expect(members.data.map(({ role, publicUserData }) => [role, publicUserData?.userId])).toEqual([
			['org:admin', createdBy],
		]);

		await sdk.organizations.updateOrganization(created.id, { maxAllowedMemberships: 9 });
		await sdk.organizations.updateOrganizationMetadata(created.id, { publicMetadata: { a: 1 } });
		await sdk.organizations.replaceOrganizationMetadata(created.id, { publicMetadata: { b: 2 } });
		expect(
			await sdk.organizations.getOrganization({ slug: 'new-wave', includeMembersCount: true }),
		).toMatchObject({ maxAllowedMemberships: 9, publicMetadata: { b: 2 }, membersCount: 1 });

		const { data, totalCount } = await sdk.organizations.getOrganizationList({
			orderBy: '-members_count',
			includeMembersCount: true,
		});
		expect(totalCount).toBe(4);
		expect(data.map(({ slug }) => slug)).toEqual([
			'harbour-labs',
			'pine-co',
			'blue-kite',
			'new-wave',
		]);

		await sdk.organizations.deleteOrganization(created.id);
		expect(clerk.state.memberships.where('organization_id', created.id)).toEqual([]);
	});
});
