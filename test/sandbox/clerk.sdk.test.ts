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

	it('drives members, invitations and roles', async () => {
		const organizationId = clerk.state.organizations.where('slug', 'pine-co')[0]?.id ?? '';
		const userId = idOf('farid.haddad@example.com');
		const member = { organizationId, userId };
		const role = 'org:member';
		await sdk.organizations.createOrganizationMembership({ ...member, role });
		const changed = await sdk.organizations.updateOrganizationMembership({
			...member,
			role: 'org:admin',
		});
		expect(changed.role).toBe('org:admin');
		const publicMetadata = { desk: 1 };
		await sdk.organizations.updateOrganizationMembershipMetadata({ ...member, publicMetadata });
		const { data } = await sdk.users.getOrganizationMembershipList({ userId });
		expect(data[0]).toMatchObject({ role: 'org:admin', publicMetadata });
		await sdk.organizations.deleteOrganizationMembership(member);
		expect((await sdk.users.getOrganizationMembershipList({ userId })).totalCount).toBe(0);
		const everybody = await sdk.organizations.getInstanceOrganizationMembershipList({});
		expect(everybody.totalCount).toBe(clerk.state.memberships.size);

		const inviterUserId = idOf('jonas.weber@example.com');
		const guest = { emailAddress: 'guest@example.com', role, inviterUserId };
		const invited = await sdk.organizations.createOrganizationInvitation({
			organizationId,
			...guest,
		});
		const bulk = await sdk.organizations.createOrganizationInvitationBulk(organizationId, [
			{ ...guest, emailAddress: 'a@example.com' },
			{ ...guest, emailAddress: 'b@example.com' },
		]);
		expect(bulk.totalCount).toBe(2);
		const invitation = { organizationId, invitationId: invited.id };
		await sdk.organizations.revokeOrganizationInvitation(invitation);
		expect((await sdk.organizations.getOrganizationInvitation(invitation)).status).toBe('revoked');
		const pending = await sdk.organizations.getOrganizationInvitationList({
			organizationId,
			status: ['pending'],
		});
		expect(pending.totalCount).toBe(3);
		const own = await sdk.users.getOrganizationInvitationList({
			userId: idOf('wes.carter@example.com'),
		});
		expect(own.totalCount).toBe(1);

		const roles = await sdk.organizationRoles.getOrganizationRoleList({ orderBy: 'key' });
		expect(roles.data.map(({ key }) => key)).toEqual(['org:admin', 'org:billing', 'org:member']);
	});

	it('drives invitations to the application', async () => {
		const one = await sdk.invitations.createInvitation({ emailAddress: 'guest@example.com' });
		const many = await sdk.invitations.createInvitationBulk([
			{ emailAddress: 'a@example.com', publicMetadata: { plan: 'pro' } },
			{ emailAddress: 'b@example.com' },
		]);
		expect(many.map(({ emailAddress }) => emailAddress)).toEqual([
			'a@example.com',
			'b@example.com',
		]);
		expect((await sdk.invitations.revokeInvitation(one.id)).revoked).toBe(true);
		const { totalCount } = await sdk.invitations.getInvitationList({ status: 'pending' });
		expect(totalCount).toBe(4);
	});

	it('drives what belongs to a user', async () => {
		const userId = idOf('ada.berg@example.com');
		const ada = await sdk.users.getUser(userId);
		expect((await sdk.users.lockUser(userId)).locked).toBe(true);
		expect((await sdk.users.unlockUser(userId)).locked).toBe(false);
		const tokens = await sdk.users.getUserOauthAccessToken(userId, 'google');
		expect(tokens.data[0]?.provider).toBe('oauth_google');
		await sdk.users.deleteUserExternalAccount({
			userId,
			externalAccountId: ada.externalAccounts[0]?.id ?? '',
		});
		const [passkey] = clerk.state.users.get(userId)?.passkeys ?? [];
		await sdk.users.deleteUserPasskey({ userId, passkeyIdentificationId: passkey?.id ?? '' });
		await sdk.users.replaceUserEmailAddress(userId, { emailAddress: 'ada@example.org' });
		await sdk.users.replaceUserPhoneNumber(userId, { phoneNumber: '+12025550177' });
		const after = await sdk.users.getUser(userId);
		expect(after.externalAccounts).toEqual([]);
		expect(after.primaryEmailAddress?.emailAddress).toBe('ada@example.org');
		expect(after.primaryPhoneNumber?.phoneNumber).toBe('+12025550177');

		const wallets = clerk.state.users.where('email_address', 'mei.chen@example.com')[0];
		const deleted = await sdk.users.deleteUserWeb3Wallet({
			userId: wallets?.id ?? '',
			web3WalletIdentificationId: wallets?.web3_wallets[0]?.id ?? '',
		});
		expect(deleted.deleted).toBe(true);
	});

	it('drives passwords and second factors', async () => {
		const userId = idOf('jonas.weber@example.com');
		const password = 'correct horse battery';
		expect(await sdk.users.verifyPassword({ userId, password })).toEqual({ verified: true });
		expect(await sdk.users.verifyTOTP({ userId, code: 'one-time-1' })).toMatchObject({
			verified: true,
		});
		await sdk.users.setPasswordCompromised(userId, { revokeAllSessions: false });
		await sdk.users.unsetPasswordCompromised(userId);
		await sdk.users.deleteUserBackupCodes(userId);
		await sdk.users.deleteUserTOTP(userId);
		await sdk.users.disableUserMFA(userId);
		const user = await sdk.users.removePassword(userId);
		expect([user.passwordEnabled, user.twoFactorEnabled]).toEqual([false, false]);
	});

	it('reads what is paid for', async () => {
		const user = await sdk.billing.getUserBillingSubscription(idOf('ada.berg@example.com'));
		expect(user.subscriptionItems[0]?.plan?.slug).toBe('pro');
		const [harbour] = clerk.state.organizations.where('slug', 'harbour-labs');
		const organization = await sdk.billing.getOrganizationBillingSubscription(harbour?.id ?? '');
		expect(organization.nextPayment?.amount?.amount).toBe(9900);
	});

	it('uploads pictures', async () => {
		const userId = idOf('jonas.weber@example.com');
		const file = new Blob(['picture'], { type: 'image/png' });
		expect((await sdk.users.updateUserProfileImage(userId, { file })).hasImage).toBe(true);
		expect((await sdk.users.deleteUserProfileImage(userId)).hasImage).toBe(false);
		const organizationId = clerk.state.organizations.rows[0]?.id ?? '';
		const logo = { file, uploaderUserId: userId };
		const after = await sdk.organizations.updateOrganizationLogo(organizationId, logo);
		expect(after.hasImage).toBe(true);
		const without = await sdk.organizations.deleteOrganizationLogo(organizationId);
		expect(without.hasImage).toBe(false);
	});

	it('creates sessions and their tokens', async () => {
		const session = await sdk.sessions.createSession({ userId: idOf('jonas.weber@example.com') });
		const { jwt } = await sdk.sessions.getToken(session.id);
		expect((await sdk.sessions.getToken(session.id, 'supabase', 90)).jwt).not.toBe(jwt);
		const refreshed = await sdk.sessions.refreshSession(session.id, {
			expired_token: jwt,
			refresh_token: `refresh_${session.id}`,
			request_origin: 'https://app.example',
			format: 'token',
		});
		expect(refreshed).toMatchObject({ jwt: expect.any(String) });
	});
});
