import '../../support/fastClock';

import type { IDataObject } from 'n8n-workflow';

import { startClerk } from '../../../sandbox/clerk';
import { newMembership } from '../../../sandbox/clerk/records/membership';
import { newOrganization } from '../../../sandbox/clerk/records/organization';
import { newOrganizationInvitation } from '../../../sandbox/clerk/records/invitation';
import { apiKeys } from '../../../sandbox/clerk/resources/machines';
import { REVIEW_LAYOUT } from '../../../nodes/Clerk/jobs/reviewAccess/report';
import { columnsOf } from '../../../nodes/Clerk/jobs/shared/report';
import { runNode } from '../../support/host';
import { liveCredential } from '../../support/jobs';

type Clerk = Awaited<ReturnType<typeof startClerk>>;

const DAY = 86_400_000;

const ADA = 'ada.berg@example.com';
const BRUNO = 'bruno.costa@example.com';
const INES = 'ines.moreau@example.com';
const JONAS = 'jonas.weber@example.com';

const form = (values: IDataObject = {}) => ({
	resource: 'organization',
	operation: 'reviewAccess',
	roles: 'org:admin',
	permissions: 'org:sys_memberships:manage',
	pendingDays: 14,
	additionalFields: {},
	options: {},
	...values,
});

let clerk: Clerk;

const review = async (values: IDataObject = {}) =>
	(
		await runNode({
			credential: liveCredential(clerk, { accessPolicy: 'readOnly' }),
			parameters: [form(values)],
		})
	).map(({ json }) => json);

const reviewOf = async (organizations: unknown, values: IDataObject = {}) =>
	await review({ additionalFields: { organizations: organizations as string }, ...values });

const elevated = (rows: IDataObject[]) =>
	rows
		.filter(({ action }) => action === 'elevatedMember')
		.map(({ emailAddress }) => emailAddress)
		.sort();

const only = (rows: IDataObject[], action: string) => rows.filter((row) => row.action === action);

const userOf = (email: string) => clerk.state.users.where('email_address', email)[0];

const organization = (slug: string) => clerk.state.organizations.where('slug', slug)[0];

const sent = () => clerk.requests.map(({ method, path }) => `${method} ${path}`);

const summaryOf = (rows: IDataObject[]) => String(rows.at(-1)?.reason);

beforeEach(async () => {
	clerk = await startClerk({ seed: 'company', rateLimit: false });
});

afterEach(async () => await clerk.close());

describe('Organization: Review Access', () => {
	it('lists elevated members, organizations with too few admins and keys, the summary last', async () => {
		const rows = await review();
		for (const row of rows) expect(Object.keys(row)).toEqual(columnsOf(REVIEW_LAYOUT));
		expect(rows.map((row) => [row.action, row.emailAddress, row.organization])).toEqual([
			['elevatedMember', INES, 'blue-kite'],
			['elevatedMember', ADA, 'harbour-labs'],
			['elevatedMember', BRUNO, 'pine-co'],
			['elevatedMember', JONAS, 'pine-co'],
			['organizationWithOneAdmin', INES, 'blue-kite'],
			['organizationWithOneAdmin', ADA, 'harbour-labs'],
			['apiKey', ADA, null],
			['summary', null, null],
		]);
		expect(rows.at(-1)).toMatchObject({
			members: 18,
			organizations: 3,
			reason:
				'Reviewed 3 organizations with 18 members: elevated member 4, organization with one admin 2, api key 1',
		});
	});

	it('tells of each person the role, the activity, the second factor and what keeps them out', async () => {
		const bruno = userOf(BRUNO);
		clerk.state.users.update(bruno, { banned: true, last_active_at: null });
		clerk.state.users.update(userOf(INES), { deprovisioned: true });
		clerk.state.users.update(userOf(ADA), { locked: true });
		const rows = only(await review(), 'elevatedMember');
		const [membership] = clerk.state.memberships.where('user_id', bruno.id);
		expect(rows.find(({ userId }) => userId === bruno.id)).toMatchObject({
			name: 'Bruno Costa',
			role: 'org:admin',
			permissions: expect.arrayContaining(['org:sys_memberships:manage']),
			reason: 'Has the role org:admin; banned; without a second factor; never active',
			since: new Date(membership.created_at).toISOString(),
			lastActiveAt: null,
			twoFactorEnabled: false,
			banned: true,
			deprovisioned: false,
			locked: false,
			target: membership.id,
			organizationId: organization('pine-co').id,
		});
		const find = (email: string) => rows.find(({ emailAddress }) => emailAddress === email);
		expect(find(JONAS)).toMatchObject({
			twoFactorEnabled: true,
			lastActiveAt: new Date(userOf(JONAS).last_active_at!).toISOString(),
			reason: expect.stringMatching(/^Has the role org:admin; last active on [\d-]+, 0 days ago$/),
		});
		expect(find(INES)).toMatchObject({ deprovisioned: true, banned: false });
		expect(find(INES)?.reason).toContain('deprovisioned by a directory');
		expect(find(ADA)).toMatchObject({ locked: true });
	});

	it('lists members by a permission, of whatever role', async () => {
		const [role] = clerk.state.roles.where('key', 'org:member');
		const rows = await review({ roles: '', permissions: 'org:sys_memberships:read' });
		expect(elevated(rows)).toHaveLength(18);
		expect(rows.find((row) => row.role === 'org:member')?.reason).toContain(
			'Has the permission org:sys_memberships:read by the role org:member',
		);
		clerk.state.roles.update(role, { permissions: [] });
		const admins = await review({ roles: '', permissions: 'org:sys_memberships:read' });
		expect(elevated(admins)).toEqual([ADA, BRUNO, INES, JONAS]);
	});

	it('names no organization, and no member, twice for someone who is elevated in two', async () => {
		const fields = { user_id: userOf(ADA).id, role: 'org:admin' };
		clerk.state.memberships.insert(
			newMembership(clerk.state, { ...fields, organization_id: organization('pine-co').id }),
		);
		const rows = await review();
		const own = rows.filter(({ emailAddress }) => emailAddress === ADA);
		expect(own.map((row) => [row.action, row.organization])).toEqual([
			['elevatedMember', 'harbour-labs'],
			['elevatedMember', 'pine-co'],
			['organizationWithOneAdmin', 'harbour-labs'],
			['apiKey', null],
		]);
	});
});

describe('Review Access, of organizations', () => {
	it.each([
		['banned', { banned: true }, 'banned'],
		['deprovisioned', { deprovisioned: true }, 'deprovisioned by a directory'],
	])('one whose only admin is %s has no admin', async (_, change, word) => {
		clerk.state.users.update(userOf(ADA), change);
		const rows = await review();
		expect(only(rows, 'organizationWithoutAdmin')).toMatchObject([
			{
				organization: 'harbour-labs',
				admins: 0,
				members: 8,
				target: organization('harbour-labs').id,
				reason: `None of its admins can sign in: Ada Berg (${ADA}) is ${word}`,
			},
		]);
		expect(elevated(rows)).toContain(ADA);
	});

	it('one of two admins who is banned leaves one', async () => {
		clerk.state.users.update(userOf(BRUNO), { banned: true });
		const rows = only(await review(), 'organizationWithOneAdmin');
		expect(rows.find((row) => row.organization === 'pine-co')).toMatchObject({
			emailAddress: JONAS,
			reason: `Its only admin is Jonas Weber (${JONAS})`,
		});
	});

	it('tells one without members from one without admins', async () => {
		clerk.state.organizations.insert(newOrganization(clerk.state, { name: 'Empty' }));
		const [ines] = clerk.state.memberships.where('user_id', userOf(INES).id);
		clerk.state.memberships.update(ines, { role: 'org:member' });
		expect(
			only(await review(), 'organizationWithoutAdmin').map((row) => [row.organization, row.reason]),
		).toEqual([
			['blue-kite', 'None of its members is an admin'],
			['empty', 'It has no members'],
		]);
	});

	it('counts members as admins who may manage members, whatever is asked for', async () => {
		const [ines] = clerk.state.memberships.where('user_id', userOf(INES).id);
		const [billing] = clerk.state.roles.where('key', 'org:billing');
		clerk.state.memberships.update(ines, { role: 'org:billing' });
		clerk.state.roles.update(billing, { permissions: ['org:sys_memberships:manage'] });
		const rows = await review({ roles: 'org:member', permissions: '' });
		expect(only(rows, 'organizationWithoutAdmin')).toEqual([]);
		expect(elevated(rows)).toHaveLength(14);
	});
});

describe('Review Access, of invitations and API keys', () => {
	const invite = (email_address: string, days: number, status?: 'revoked') =>
		clerk.state.organizationInvitations.insert(
			newOrganizationInvitation(clerk.state, {
				organization_id: organization('pine-co').id,
				email_address,
				role: 'org:admin',
				created_at: Date.now() - days * DAY,
				...(status && { status }),
			}),
		);

	it('lists pending invitations that are older than the days, the oldest first', async () => {
		invite('old@example.com', 20);
		invite('older@example.com', 25);
		invite('revoked@example.com', 20, 'revoked');
		invite('young@example.com', 13);
		invite('over@example.com', 40);
		const rows = only(await review(), 'pendingInvitation');
		expect(rows).toMatchObject([
			{ emailAddress: 'older@example.com', organization: 'pine-co', role: 'org:admin' },
			{ emailAddress: 'old@example.com', organizationId: organization('pine-co').id },
		]);
		expect(rows[1].reason).toMatch(/^Pending since [\d-]+, 20 days ago$/);
		expect(only(await review({ pendingDays: 22 }), 'pendingInvitation')).toHaveLength(1);
		expect(only(await review({ pendingDays: 0 }), 'pendingInvitation')).toHaveLength(6);
		expect(only(await reviewOf('pine-co'), 'pendingInvitation')).toEqual(rows);
	});

	it('lists valid keys of elevated people by last use, those never used first', async () => {
		const key = (email: string, name: string, fields: object) =>
			apiKeys.make(clerk.state, { subject: userOf(email).id, name, ...fields });
		key(JONAS, 'Used lately', { last_used_at: Date.now() - DAY });
		key(BRUNO, 'Used long ago', { last_used_at: Date.now() - 300 * DAY });
		key(BRUNO, 'Expired', { expiration: Date.now() - DAY });
		key(BRUNO, 'Revoked', { revoked: true });
		key('mei.chen@example.com', 'Of a member', {});
		const rows = only(await review(), 'apiKey');
		expect(rows.map((row) => [row.apiKeyName, row.emailAddress])).toEqual([
			['Nightly export', ADA],
			['Used long ago', BRUNO],
			['Used lately', JONAS],
		]);
		expect(rows[0]).toMatchObject({ reason: 'Never used', lastUsedAt: null });
		expect(rows[1].reason).toMatch(/^Last used on [\d-]+, 300 days ago$/);
	});
});

describe('Review Access, its requests', () => {
	it('reads three lists, the roles, the people and their keys, whatever the number of organizations', async () => {
		for (let at = 0; at < 40; at++) {
			const fields = { name: `Team ${at}` };
			const { id } = clerk.state.organizations.insert(newOrganization(clerk.state, fields));
			const member = { organization_id: id, user_id: userOf(ADA).id, role: 'org:admin' };
			clerk.state.memberships.insert(newMembership(clerk.state, member));
		}
		const rows = await review();
		expect(only(rows, 'elevatedMember')).toHaveLength(44);
		expect(sent().sort()).toEqual([
			...Array<string>(4).fill('GET /api_keys'),
			'GET /organization_invitations',
			'GET /organization_memberships',
			'GET /organization_roles',
			'GET /organizations',
			'GET /users',
		]);
	});

	it('reads again only the members of organizations that seem to have no admin', async () => {
		clerk.state.users.update(userOf(ADA), { banned: true });
		await review();
		const path = `/organizations/${organization('harbour-labs').id}/memberships`;
		expect(sent().filter((one) => one.includes('/organizations/'))).toEqual([`GET ${path}`]);
	});

	it('reads only the chosen organizations, each once', async () => {
		const { id } = organization('blue-kite');
		const rows = await reviewOf(`blue-kite; ${id}`);
		expect(elevated(rows)).toEqual([INES]);
		expect(rows.at(-1)).toMatchObject({ organizations: 1, members: 4 });
		expect(sent().sort()).toEqual([
			'GET /api_keys',
			'GET /organization_roles',
			'GET /organizations/blue-kite',
			`GET /organizations/${id}`,
			`GET /organizations/${id}/invitations`,
			`GET /organizations/${id}/memberships`,
			'GET /users',
		]);
	});
});

describe('Review Access, where Clerk does not show everything', () => {
	it.each([402, 403, 404])('a %d for API keys is a sentence in the summary', async (status) => {
		clerk.addFault({ kind: 'status', status, path: '/api_keys', times: Infinity });
		const rows = await review();
		expect(elevated(rows)).toEqual([ADA, BRUNO, INES, JONAS]);
		expect(only(rows, 'apiKey')).toEqual([]);
		expect(summaryOf(rows)).toContain(`the API keys could not be read: Injected status ${status}`);
		expect(sent().filter((one) => one === 'GET /api_keys')).toHaveLength(1);
	});

	it('says of how many people the keys were not shown', async () => {
		clerk.addFault({ kind: 'status', status: 403, path: '/api_keys', skip: 1 });
		expect(summaryOf(await review())).toContain('the API keys of 1 of 4 people could not be read');
	});

	it.each([402, 403, 404])('a %d for roles changes no row, and is a sentence', async (status) => {
		clerk.state.users.update(userOf(ADA), { banned: true });
		const expected = (await review()).slice(0, -1);
		clerk.addFault({ kind: 'status', status, path: '/organization_roles' });
		const rows = await review();
		expect(rows.slice(0, -1)).toEqual(expected);
		expect(summaryOf(rows)).toContain('the roles could not be read');
	});

	it.each(['/api_keys', '/organization_roles'])("a proxy's 403 for %s fails", async (path) => {
		clerk.addFault({ kind: 'notJson', status: 403, path });
		await expect(review()).rejects.toThrow();
	});

	it.each([
		'/organization_roles',
		'/organizations',
		'/organization_memberships',
		'/organization_invitations',
		'/users',
		'/api_keys',
	])('a 500 and a connection that breaks at %s change nothing', async (path) => {
		const expected = await review();
		clerk.addFault({ kind: 'status', status: 500, path });
		clerk.addFault({ kind: 'reset', path });
		expect(await review()).toEqual(expected);
	});

	it.each(['/organizations', '/organization_memberships', '/organization_invitations', '/users'])(
		'a 403 for %s fails: nothing is left out without a word',
		async (path) => {
			clerk.addFault({ kind: 'status', status: 403, path });
			await expect(review()).rejects.toThrow('Injected status 403');
		},
	);

	it('says that organizations are turned off', async () => {
		const body = { errors: [{ message: 'off', code: 'organization_not_enabled_in_instance' }] };
		clerk.addFault({ kind: 'status', status: 403, body, path: /^\/organi/, times: Infinity });
		const rows = await review();
		expect(rows).toHaveLength(1);
		expect(summaryOf(rows)).toContain('organizations are turned off for this instance');
	});

	it('has a row for an elevated member whose record is gone', async () => {
		clerk.addFault({ kind: 'status', status: 200, body: [], path: '/users' });
		const [row] = await review();
		expect(row).toMatchObject({
			emailAddress: INES,
			reason: "Has the role org:admin; the user's record was not found",
			twoFactorEnabled: null,
			lastActiveAt: null,
		});
	});

	it('takes over from the record of a user that the user cannot sign in', async () => {
		const [membership] = clerk.state.memberships.where('user_id', userOf(INES).id);
		const data = [
			{
				...membership,
				permissions: ['org:sys_memberships:manage'],
				public_user_data: { user_id: userOf(INES).id, identifier: INES },
			},
		];
		const path = `/organizations/${organization('blue-kite').id}/memberships`;
		clerk.addFault({ kind: 'status', status: 200, body: { data, total_count: 1 }, path });
		clerk.state.users.update(userOf(INES), { banned: true });
		const rows = await reviewOf('blue-kite');
		expect(only(rows, 'elevatedMember')).toMatchObject([{ banned: true }]);
		expect(only(rows, 'organizationWithoutAdmin')[0].reason).toBe(
			`None of its admins can sign in: ${INES} is banned`,
		);
	});

	it('says nothing of admins where it does not know what members may do', async () => {
		const owner = {
			id: 'orgmem_1',
			role: 'org:owner',
			created_at: 1,
			organization: { id: organization('blue-kite').id, slug: 'blue-kite', name: 'Blue Kite' },
			public_user_data: null,
		};
		const data = { data: [owner], total_count: 1 };
		const path = /\/(organization_)?memberships$/;
		clerk.addFault({ kind: 'status', status: 200, body: data, path, times: Infinity });
		const rows = await reviewOf('blue-kite');
		expect(rows).toHaveLength(1);
		expect(summaryOf(rows)).toContain('Clerk does not show the permissions of 1 members');
	});

	it('has a row for an elevated membership without a user', async () => {
		const data = [{ id: 'orgmem_1', role: 'org:admin', permissions: [], created_at: 1 }];
		const path = `/organizations/${organization('blue-kite').id}/memberships`;
		clerk.addFault({ kind: 'status', status: 200, body: { data, total_count: 1 }, path });
		expect(only(await reviewOf('blue-kite'), 'elevatedMember')).toMatchObject([
			{ target: 'orgmem_1', organization: 'blue-kite', userId: null, name: null },
		]);
	});
});

describe('Review Access, lists as people type them', () => {
	it.each<[string, unknown]>([
		['semicolons', 'org:billing; org:admin'],
		['line breaks', 'org:billing\norg:admin'],
		['names', 'Admin, Billing'],
		['a key without org:', 'ADMIN;billing'],
		['quotes', '"org:admin", “org:billing”'],
		['an array', ['org:admin', 'org:billing']],
		['JSON', '["org:admin"]'],
		['repeats and invisible characters', '\ufefforg:admin,,org:admin\u200b;'],
	])('Roles with %s', async (_, roles) => {
		expect(elevated(await review({ roles: roles as string, permissions: '' }))).toEqual([
			ADA,
			BRUNO,
			INES,
			JONAS,
		]);
	});

	it.each([
		[
			'org:admim',
			'Roles "org:admim" does not exist. Use one of: org:admin, org:billing, org:member',
		],
		['Admim', 'Roles "Admim" does not exist'],
		['ada.berg@example.com', 'Roles needs a role'],
		['{ "role": "org:admin" }', 'does not exist'],
	])('Roles %j is refused: %s', async (roles, reason) => {
		await expect(review({ roles })).rejects.toThrow(reason);
		expect(sent().filter((one) => one !== 'GET /organization_roles')).toEqual([]);
	});

	it.each<[string, unknown]>([
		['semicolons', 'org:ledger:write; org:sys_memberships:manage'],
		['an array', ['org:sys_memberships:manage']],
		['quotes and line breaks', '"org:sys_memberships:manage"\n“org:sys_profile:delete”'],
	])('Permissions with %s', async (_, permissions) => {
		expect(elevated(await review({ roles: '', permissions: permissions as string }))).toEqual([
			ADA,
			BRUNO,
			INES,
			JONAS,
		]);
	});

	it.each([
		['sys_memberships:manage', 'Write org:sys_memberships:manage'],
		['org:admin', 'Permissions needs a permission such as org:sys_memberships:manage'],
		['perm_2NNEqL2nrIRdJ194ndJqAHwEfxC', 'Permissions needs a permission'],
		['Manage members', 'Permissions needs a permission'],
	])('Permissions %j is refused: %s', async (permissions, reason) => {
		await expect(review({ permissions })).rejects.toThrow(reason);
		expect(sent()).toEqual([]);
	});

	it('names a permission that no role has', async () => {
		const rows = await review({ permissions: 'org:ledger:write, org:sys_memberships:manage' });
		expect(summaryOf(rows)).toContain('no role has the permission org:ledger:write');
	});

	it.each([
		[{ roles: '', permissions: '' }, 'Roles is empty, and so is Permissions'],
		[{ roles: [], permissions: [] }, 'Roles is empty, and so is Permissions'],
		[
			{ additionalFields: { organizations: '' } },
			'Organizations is empty, which would review no organization',
		],
		[
			{ additionalFields: { organizations: 'blue-kite, user_2NNEqL2nrIRdJ194ndJqAHwEfxC' } },
			"That is a user's ID",
		],
		[{ pendingDays: -1 }, 'Invitations Pending For (Days)'],
	])('%j is refused before a request', async (values, reason) => {
		await expect(review(values)).rejects.toThrow(reason);
		expect(sent()).toEqual([]);
	});

	it.each<[string, unknown]>([
		['semicolons', 'blue-kite; pine-co'],
		['tabs and capitals', 'Blue-Kite\tPINE-CO'],
		['an array', ['blue-kite', 'pine-co']],
		['repeats', 'pine-co, blue-kite, pine-co'],
	])('Organizations with %s', async (_, organizations) => {
		const rows = await reviewOf(organizations);
		expect(elevated(rows)).toEqual([BRUNO, INES, JONAS]);
		expect(rows.at(-1)).toMatchObject({ organizations: 2 });
	});

	it('names all organizations that do not exist', async () => {
		await expect(reviewOf('blue-kite, nowhere, org_2NNEqL2nrIRdJ194ndJqAHwEfxC')).rejects.toThrow(
			'Organizations "nowhere", "org_2NNEqL2nrIRdJ194ndJqAHwEfxC" do not exist',
		);
	});
});
