import { startClerk } from '../../sandbox/clerk';
import { runNode } from '../support/host';

/** Members and invitations: the node against the simulated Clerk. */

type Clerk = Awaited<ReturnType<typeof startClerk>>;
type Values = Record<string, unknown>;

const ADA = 'ada.berg@example.com';
const WES = 'wes.carter@example.com';

let clerk: Clerk;

beforeEach(async () => {
	clerk = await startClerk({ seed: 'company' });
});

afterEach(async () => await clerk.close());

const by = (mode: string, value: string) => ({ __rl: true, mode, value });
const harbour = { organizationId: by('slug', 'harbour-labs') };
const member = (email: string) => ({ ...harbour, userId: by('emailAddress', email) });

const runWith =
	(continueOnFail: boolean) =>
	async (resource: string, operation: string, ...items: Values[]) => {
		const { secretKey, url: baseUrl } = clerk;
		const output = await runNode({
			credential: { secretKey, baseUrl, rateLimitShare: 100 },
			continueOnFail,
			parameters: items.map((values) => ({ resource, operation, options: {}, ...values })),
		});
		return output.map(({ json }) => json);
	};
const run = runWith(false);
const runContinuing = runWith(true);

const writes = () => clerk.requests.filter(({ method }) => method !== 'GET');

const membersOfHarbour = () => {
	const [{ id }] = clerk.state.organizations.where('slug', 'harbour-labs');
	return clerk.state.memberships.where('organization_id', id);
};

describe('members', () => {
	it('are added by email address and slug, updated, and removed', async () => {
		const before = membersOfHarbour().length;
		const [added] = await run('organizationMembership', 'create', {
			...member(WES),
			role: by('list', 'org:member'),
			additionalFields: { publicMetadata: '{"deskNumber":4}' },
		});
		expect(added).toMatchObject({
			identifier: WES,
			firstName: 'Wes',
			lastName: 'Carter',
			organizationName: 'Harbour Labs',
			organizationSlug: 'harbour-labs',
			role: 'org:member',
			permissions: expect.any(Array),
			publicMetadata: { deskNumber: 4 },
			success: true,
		});

		const [updated] = await run('organizationMembership', 'update', {
			...member(WES),
			role: by('id', 'org:admin'),
		});
		expect(updated).toMatchObject({ id: added.id, role: 'org:admin' });

		const [merged] = await run('organizationMembership', 'mergeMetadata', {
			...member(WES),
			updateFields: { publicMetadata: { deskNumber: null, floor: 2 } },
		});
		expect(merged.publicMetadata).toEqual({ floor: 2 });

		const [removed] = await run('organizationMembership', 'delete', member(WES));
		expect(removed).toMatchObject({ id: added.id, userId: added.userId, success: true });
		expect(membersOfHarbour()).toHaveLength(before);
	});

	it('are counted and kept by a dry run of their removal', async () => {
		const dryRun = { options: { dryRun: true } };
		const previews = await run(
			'organizationMembership',
			'delete',
			{ ...member(ADA), ...dryRun },
			{ ...member(WES), ...dryRun },
		);
		expect(previews.map(({ wouldDestroy }) => wouldDestroy)).toEqual([
			{ organizationMemberships: 1 },
			{ organizationMemberships: 0 },
		]);
		expect(writes()).toEqual([]);
	});

	it('are listed with filters for one organization, and for all organizations', async () => {
		const admins = await run('organizationMembership', 'getAll', {
			...harbour,
			returnAll: true,
			filters: { role: 'org:admin' },
			options: { orderBy: '+first_name' },
		});
		expect(admins.map(({ identifier }) => identifier)).toEqual([ADA]);
		const [all] = await run('organizationMembership', 'getAllInInstance', {
			returnAll: true,
			outputAs: 'envelope',
		});
		const { length } = clerk.state.memberships.rows;
		expect(all).toMatchObject({ totalCount: length, success: true });
		expect(all.organizationMemberships).toHaveLength(length);
	});

	it('who are not found give an empty item with If Not Found set to empty', async () => {
		const options = { ifNotFound: 'empty' };
		const output = await run('organizationMembership', 'delete', { ...member(WES), options });
		expect(output).toEqual([{}]);
	});
});

describe('invitations', () => {
	const guests = Array.from({ length: 13 }, (_, index) => `guest${index}@example.org`);

	const guestsAmong = (rows: Values[]) =>
		rows.filter(({ emailAddress }) => guests.includes(String(emailAddress))).length;

	it('to an organization are sent ten in a request, listed, read and revoked', async () => {
		const created = await run(
			'organizationInvitation',
			'createMany',
			...guests.map((emailAddress, index) => ({
				...harbour,
				emailAddress,
				role: by('list', index === 0 ? 'org:admin' : 'org:member'),
				additionalFields: { inviterUserId: by('emailAddress', ADA) },
			})),
		);
		expect(created.map(({ emailAddress }) => emailAddress)).toEqual(guests);
		expect(created[0]).toMatchObject({
			role: 'org:admin',
			status: 'pending',
			organizationId: membersOfHarbour()[0].organization_id,
			inviterIdentifier: ADA,
			inviterUserId: expect.stringMatching(/^user_/),
		});
		expect(writes()).toHaveLength(2);

		const invitation = {
			...harbour,
			organizationInvitationId: by('id', String(created[0].id)),
		};
		const [preview] = await run('organizationInvitation', 'revoke', {
			...invitation,
			options: { dryRun: true },
		});
		expect(preview.wouldDestroy).toEqual({ organizationInvitation: created[0].id });
		await run('organizationInvitation', 'revoke', invitation);
		const [revoked] = await run('organizationInvitation', 'get', invitation);
		expect(revoked).toMatchObject({ id: created[0].id, status: 'revoked' });

		const pending = { ...harbour, returnAll: true };
		const ofOne = await run('organizationInvitation', 'getAll', {
			...pending,
			filters: { status: 'pending' },
		});
		const deprecated = await run('organizationInvitation', 'getPending', pending);
		expect([guestsAmong(ofOne), guestsAmong(deprecated)]).toEqual([12, 12]);
		const [ofAll] = await run('organizationInvitation', 'getAllInInstance', {
			returnAll: true,
			filters: { query: 'guest0@' },
		});
		expect(ofAll).toMatchObject({
			organizationName: 'Harbour Labs',
			organizationId: created[0].organizationId,
		});
	});

	it('to the application are sent ten in a request, listed and revoked', async () => {
		const created = await run(
			'invitation',
			'createMany',
			...guests.map((emailAddress) => ({ emailAddress })),
		);
		expect(created.map(({ emailAddress }) => emailAddress)).toEqual(guests);
		expect(writes()).toHaveLength(2);

		const invitationId = by('id', String(created[3].id));
		const [preview] = await run('invitation', 'revoke', {
			invitationId,
			options: { dryRun: true },
		});
		expect(preview.wouldDestroy).toEqual({ invitations: 1 });
		const [revoked] = await run('invitation', 'revoke', { invitationId });
		expect(revoked).toMatchObject({ emailAddress: guests[3], status: 'revoked', revoked: true });
		const pending = await run('invitation', 'getAll', { returnAll: true });
		expect(guestsAmong(pending)).toBe(12);
	});

	const withAdaInUse = [
		{ emailAddress: 'new@example.org' },
		{ emailAddress: ADA },
		{ emailAddress: 'newer@example.org' },
	];
	const invitedNow = () => clerk.state.invitations.rows.map(({ email_address }) => email_address);

	it('of a rejected batch fail for the address in use, and the others are sent before the node stops', async () => {
		const before = invitedNow();
		const sending = run('invitation', 'createMany', ...withAdaInUse);
		await expect(sending).rejects.toMatchObject({
			message: expect.stringMatching(/already in use: ada\.berg@example\.com \[item 1\]$/),
			description: expect.stringContaining('Carried out before the node stopped: items 0, 2.'),
		});
		expect(invitedNow()).toEqual([...before, 'new@example.org', 'newer@example.org']);
	});

	it('of a rejected batch are sent without the address in use, with continue on fail', async () => {
		const before = invitedNow();
		const output = await runContinuing('invitation', 'createMany', ...withAdaInUse);
		expect(output.map(({ emailAddress, error }) => emailAddress ?? error)).toEqual([
			'new@example.org',
			expect.stringMatching(/already in use: ada\.berg@example\.com \[item 1\]$/),
			'newer@example.org',
		]);
		expect(invitedNow()).toEqual([...before, 'new@example.org', 'newer@example.org']);
		expect(writes()).toHaveLength(2);
	});

	it('of users are rejected in a batch and sent alone, with Ignore Existing', async () => {
		const ignored = { emailAddress: ADA, additionalFields: { ignoreExisting: true } };
		await expect(run('invitation', 'createMany', ignored)).rejects.toThrow(/already in use/);
		const [created] = await run('invitation', 'create', ignored);
		expect(created).toMatchObject({ emailAddress: ADA, status: 'pending' });
	});

	it('to an address that was just invited fail alone, and the others of their batch are sent', async () => {
		const output = await runContinuing(
			'organizationInvitation',
			'createMany',
			...['a@example.org', 'A@example.org ', 'b@example.org'].map((emailAddress) => ({
				...harbour,
				emailAddress,
				role: by('id', 'org:member'),
			})),
		);
		expect(output.map(({ emailAddress, error }) => emailAddress ?? error)).toEqual([
			'a@example.org',
			expect.stringMatching(/already pending invitations .*a@example\.org \[item 1\]$/),
			'b@example.org',
		]);
	});
});

describe('users', () => {
	it('that do not exist fail alone, and the others of their batch are banned', async () => {
		const [ada] = clerk.state.users.where('email_address', ADA);
		const output = await runContinuing(
			'user',
			'banMany',
			{ userId: by('id', 'user_nobody') },
			{ userId: by('emailAddress', ADA) },
		);
		expect(output).toMatchObject([{ error: expect.stringContaining('user_nobody [item 0]') }, {}]);
		expect(output[1]).toMatchObject({ id: ada.id, banned: true });
		expect(clerk.state.users.get(ada.id)?.banned).toBe(true);
	});
});

describe('deleting an invitation', () => {
	const pending = () => clerk.state.invitations.rows.find(({ status }) => status === 'pending')!;
	const named = (id: string) => ({ invitationId: by('id', id) });
	const previewed = async (id: string) =>
		await run('invitation', 'delete', { ...named(id), options: { dryRun: true } });

	it('is previewed, whatever its status', async () => {
		const { id } = pending();
		const summary = 'Would delete invitation';
		const request = { summary, dryRun: true, method: 'DELETE', path: `/invitations/${id}` };
		const counts = (invitations: number, revokedInvitations: number) => [
			{ ...request, wouldDestroy: { invitations, revokedInvitations } },
		];
		expect(await previewed(id)).toEqual(counts(1, 0));
		await run('invitation', 'revoke', named(id));
		clerk.requests.length = 0;
		expect(await previewed(id)).toEqual(counts(0, 1));
		expect(writes()).toEqual([]);
	});

	it('erases it, and a second time finds nothing', async () => {
		const { id } = pending();
		const before = clerk.state.invitations.size;
		expect(await run('invitation', 'delete', named(id))).toEqual([
			{ id, object: 'invitation', deleted: true, success: true },
		]);
		expect(clerk.state.invitations.size).toBe(before - 1);
		await expect(run('invitation', 'delete', named(id))).rejects.toThrow('not found');
		const empty = { ...named(id), options: { ifNotFound: 'empty' } };
		expect(await run('invitation', 'delete', empty)).toEqual([{}]);
	});

	it('is refused by a policy without deletes, before anything is sent', async () => {
		const { id } = pending();
		clerk.requests.length = 0;
		const credential = {
			secretKey: clerk.secretKey,
			baseUrl: clerk.url,
			accessPolicy: 'noDeletes',
			rateLimitShare: 100,
		};
		const parameters = { resource: 'invitation', operation: 'delete', ...named(id), options: {} };
		await expect(runNode({ credential, parameters })).rejects.toThrow('No Deletes');
		expect(clerk.requests).toEqual([]);
	});
});
