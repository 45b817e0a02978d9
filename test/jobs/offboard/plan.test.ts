import fc from 'fast-check';

import { adminRolesIn, adminsAmong, losesLastAdmin } from '../../../nodes/Clerk/jobs/shared/admins';
import { afterwards, planOffboarding } from '../../../nodes/Clerk/jobs/offboard/plan';
import type { Leaver, Membership, Step, Wish } from '../../../nodes/Clerk/jobs/offboard/plan';
import type { Row } from '../../../nodes/Clerk/jobs/shared/actions';

/** The plan of Offboard, without a server. */

const membership = (organizationId: string, fields: Partial<Membership> = {}): Membership => ({
	organizationId,
	slug: `slug-${organizationId}`,
	name: organizationId.toUpperCase(),
	role: 'org:member',
	admins: new Set(),
	...fields,
});

const admin = (organizationId: string, ...others: string[]): Membership =>
	membership(organizationId, { role: 'org:admin', admins: new Set(['user_1', ...others]) });

const leaver = (fields: Partial<Leaver> = {}): Leaver => ({
	id: 'user_1',
	banned: false,
	locked: false,
	sessions: [],
	memberships: [],
	organizationInvitations: [],
	invitations: [],
	apiKeys: [],
	...fields,
});

const wish = (fields: Partial<Wish> = {}): Wish => ({
	organizations: 'all',
	measure: 'ban',
	...fields,
});

/** What is done, and what is left alone. */
const linesOf = (steps: Step[]) =>
	steps
		.filter(({ action }) => action !== 'revokeOAuthTokens')
		.map(({ action, target, isSkipped, reason }) =>
			isSkipped ? `not ${action} ${target}: ${reason}` : `${action} ${target}`,
		);

const plan = (fields: Partial<Leaver>, wanted: Partial<Wish> = {}) =>
	planOffboarding(leaver(fields), wish(wanted));

const requestsOf = (steps: Step[]) =>
	steps.flatMap(({ requests }) => requests.map(({ method, path }) => `${method} ${path}`));

describe('the plan', () => {
	it('takes all away, and ends with the account', () => {
		const steps = plan({
			sessions: [{ id: 'sess_1', status: 'active', user_id: 'user_1' }],
			memberships: [membership('org_1'), admin('org_2', 'user_2')],
			organizationInvitations: [{ id: 'orginv_1', organization_id: 'org_3', email_address: 'a@b' }],
			invitations: [{ id: 'inv_1', email_address: 'a@b' }],
			apiKeys: [{ id: 'ak_1', name: 'CI' }],
		});
		expect(requestsOf(steps)).toEqual([
			'POST /sessions/sess_1/revoke',
			'POST /api_keys/ak_1/revoke',
			'POST /organizations/org_3/invitations/orginv_1/revoke',
			'POST /invitations/inv_1/revoke',
			'DELETE /organizations/org_1/memberships/user_1',
			'DELETE /organizations/org_2/memberships/user_1',
			'POST /users/user_1/ban',
		]);
	});

	it('says what the API cannot do', () => {
		const rows = plan({ apiKeys: 'Clerk does not list them: off' });
		expect(
			rows.filter(({ isSkipped }) => isSkipped).map(({ action, reason }) => [action, reason]),
		).toMatchObject([
			['revokeApiKeys', 'Clerk does not list them: off'],
			['revokeOAuthTokens', expect.stringContaining('does not list the OAuth tokens')],
		]);
	});

	it('keeps the last admin of an organization, and does not delete them', () => {
		const objection = 'The user is the last admin of ORG_1: say in Hand Over To who takes over';
		expect(linesOf(plan({ memberships: [admin('org_1')] }))).toEqual([
			`not removeFromOrganization org_1: ${objection}`,
			'ban user_1',
		]);
		// Whichever organizations were chosen: who is deleted leaves them all.
		const wanted: Partial<Wish> = { organizations: 'none', measure: 'delete' };
		expect(linesOf(plan({ memberships: [admin('org_1')] }, wanted))).toEqual([
			`not delete user_1: ${objection}`,
		]);
	});

	it('hands the role over first, to a member or to somebody who is none yet', () => {
		const memberships = [
			admin('org_1'),
			{ ...admin('org_2'), role: 'org:owner', heirRole: 'org:member' },
			admin('org_3', 'user_3'),
		];
		const steps = plan({ memberships }, { heirId: 'user_2', measure: 'delete' });
		expect(linesOf(steps)).toEqual([
			'handOver org_1',
			'handOver org_2',
			'removeFromOrganization org_1',
			'removeFromOrganization org_2',
			'removeFromOrganization org_3',
			'delete user_1',
		]);
		expect(steps[0].requests).toEqual([
			{
				method: 'POST',
				path: '/organizations/org_1/memberships',
				body: { user_id: 'user_2', role: 'org:admin' },
			},
		]);
		expect(steps[1].requests).toEqual([
			{
				method: 'PATCH',
				path: '/organizations/org_2/memberships/user_2',
				body: { role: 'org:owner' },
			},
		]);
	});

	it('knows organizations by ID or slug, and says which the user is not in', () => {
		const organizations = ['org_1', 'slug-org_2', 'nowhere'];
		const memberships = ['org_1', 'org_2', 'org_3'].map((id) => membership(id));
		expect(linesOf(plan({ memberships }, { organizations, measure: 'nothing' }))).toEqual([
			'removeFromOrganization org_1',
			'removeFromOrganization org_2',
			'not removeFromOrganization nowhere: The user is not a member',
		]);
	});

	it('leaves to a directory what is its own', () => {
		const directory = { name: 'Okta', organizationId: 'org_1' };
		const memberships = [membership('org_1'), membership('org_2')];
		expect(linesOf(plan({ directory, memberships }))).toEqual([
			'not removeFromOrganization org_1: Directory Sync (Okta) says who the members are: remove the user there',
			'removeFromOrganization org_2',
			'not ban user_1: Directory Sync (Okta) says who the users are: end the account there',
		]);
	});

	it.each([
		['ban', { banned: true }, 'The user is banned already'],
		['lock', { locked: true }, 'The user is locked already'],
	] as const)('does not %s again', (measure, fields, reason) => {
		expect(linesOf(plan(fields, { measure }))).toEqual([`not ${measure} user_1: ${reason}`]);
	});
});

describe('a step that builds on another', () => {
	const failed = (action: string, target: string): Row => ({
		action,
		target,
		status: 'failed',
		reason: 'x',
	});
	const steps = plan(
		{ memberships: [admin('org_1'), admin('org_2')] },
		{ heirId: 'user_2', measure: 'delete' },
	);
	const after = (rows: Row[]) =>
		steps.filter(({ stage }) => stage !== 'handOver').map((step) => afterwards(step, rows));

	it('goes on where all was carried out', () => {
		expect(after([{ ...failed('handOver', 'org_1'), status: 'done' }])).toEqual(steps.slice(2));
	});

	it('is left alone where the role was not handed over: the organization keeps its admin, and the user stays', () => {
		expect(linesOf(after([failed('handOver', 'org_1')]))).toEqual([
			'not removeFromOrganization org_1: Nobody runs the organization otherwise: the role was not handed over',
			'removeFromOrganization org_2',
			'not delete user_1: Not deleted, because steps before it were not carried out',
		]);
	});

	it('of a ban is carried out in any case', () => {
		const [ban] = plan({}).slice(-1);
		expect(afterwards(ban, [failed('revokeSession', 'sess_1')])).toBe(ban);
	});
});

describe('who is an admin', () => {
	it('is told by the permission, and org:admin in any case', () => {
		const manages = [{ key: 'org:sys_memberships:manage' }];
		const roles = [
			{ key: 'org:owner', permissions: manages },
			{ key: 'org:boss', permissions: ['org:sys_memberships:manage'] },
			{ key: 'org:reader', permissions: [{ key: 'org:sys_memberships:read' }] },
			{ key: 'org:none' },
		];
		expect([...adminRolesIn(roles)]).toEqual(['org:admin', 'org:owner', 'org:boss']);
		expect([...adminRolesIn([])]).toEqual(['org:admin']);
	});

	it('is nobody who is banned', () => {
		const of = (user_id: string, role: string, banned = false) => ({
			role,
			public_user_data: { user_id, banned },
		});
		const memberships = [of('a', 'org:admin'), of('b', 'org:admin', true), of('c', 'org:member')];
		expect([...adminsAmong(memberships, new Set(['org:admin']))]).toEqual(['a']);
	});

	it('matters where none is left, and was one before', () => {
		expect(losesLastAdmin(new Set(['a', 'b']), ['a'])).toBe(false);
		expect(losesLastAdmin(new Set(['a', 'b']), ['a', 'b'])).toBe(true);
		expect(losesLastAdmin(new Set(['a']), ['a'], ['c'])).toBe(false);
		expect(losesLastAdmin(new Set(), ['a'])).toBe(false);
	});
});

/** A small Clerk: organization → user → role. */
type Rolls = Record<string, Record<string, string>>;

const IDS = ['org_1', 'org_2', 'org_3'];
const isAdminRole = (role: string | undefined) => role === 'org:admin';

interface World {
	rolls: Rolls;
	sessions: string[];
	isThere: boolean;
	banned: boolean;
	locked: boolean;
}

const worlds: fc.Arbitrary<World> = fc.record({
	rolls: fc.dictionary(
		fc.constantFrom(...IDS),
		fc.dictionary(
			fc.constantFrom('user_1', 'user_2', 'user_3'),
			fc.constantFrom('org:admin', 'org:member'),
		),
	),
	sessions: fc.subarray(['sess_1', 'sess_2']),
	isThere: fc.constant(true),
	banned: fc.boolean(),
	locked: fc.boolean(),
});

const wishes: fc.Arbitrary<Wish> = fc.record(
	{
		organizations: fc.oneof(
			fc.constantFrom('all' as const, 'none' as const),
			fc.subarray([...IDS, 'slug-org_1', 'nowhere'], { minLength: 1 }),
		),
		heirId: fc.constant('user_2'),
		measure: fc.constantFrom('ban', 'delete', 'lock', 'nothing'),
	},
	{ requiredKeys: ['organizations', 'measure'] },
);

function read({ rolls, sessions, banned, locked }: World, { heirId }: Wish): Leaver {
	const memberships = Object.entries(rolls)
		.filter(([, roll]) => roll.user_1 !== undefined)
		.map(([id, roll]) =>
			membership(id, {
				role: roll.user_1,
				...(isAdminRole(roll.user_1) && {
					admins: new Set(Object.keys(roll).filter((user) => isAdminRole(roll[user]))),
					heirRole: heirId === undefined ? undefined : roll[heirId],
				}),
			}),
		);
	const open = sessions.map((id) => ({ id, status: 'active', user_id: 'user_1' }));
	return leaver({ banned, locked, memberships, sessions: open });
}

/** @param refused - the indexes of the steps that Clerk does not carry out */
function execute(steps: Step[], before: World, refused: number[] = []): World {
	const world: World = JSON.parse(JSON.stringify(before)) as World;
	const rows: Row[] = [];
	for (const stage of ['handOver', 'revoke', 'account']) {
		for (const [at, planned] of steps.entries()) {
			if (planned.stage !== stage) continue;
			const step = afterwards(planned, rows);
			if (step.isSkipped) continue;
			const { action, target, reason } = step;
			const isRefused = refused.includes(at);
			rows.push({ action, target, reason, status: isRefused ? 'failed' : 'done' });
			if (!isRefused) change(world, step);
		}
	}
	return world;
}

function change(world: World, { action, target, requests }: Step): void {
	const [{ body }] = requests;
	if (action === 'handOver') world.rolls[target].user_2 = String(body?.role);
	if (action === 'removeFromOrganization') delete world.rolls[target].user_1;
	if (action === 'revokeSession') world.sessions = world.sessions.filter((id) => id !== target);
	if (action === 'ban') world.banned = true;
	if (action === 'lock') world.locked = true;
	if (action === 'delete') {
		world.isThere = false;
		for (const roll of Object.values(world.rolls)) delete roll.user_1;
	}
}

const adminsOf = (world: World, id: string) =>
	Object.values(world.rolls[id] ?? {}).filter(isAdminRole).length;

describe('of any user and any wish', () => {
	it('no organization loses its last admin, whatever Clerk refuses on the way', () => {
		fc.assert(
			fc.property(worlds, wishes, fc.array(fc.nat(12)), (world, wanted, refused) => {
				const after = execute(planOffboarding(read(world, wanted), wanted), world, refused);
				for (const id of IDS) {
					if (adminsOf(world, id) > 0) expect(adminsOf(after, id)).toBeGreaterThan(0);
				}
			}),
			{ numRuns: 500 },
		);
	});

	it('with an heir everything is as wanted', () => {
		fc.assert(
			fc.property(worlds, wishes, (world, wanted) => {
				const withHeir = { ...wanted, heirId: 'user_2' };
				const after = execute(planOffboarding(read(world, withHeir), withHeir), world);
				expect(after.sessions).toEqual([]);
				const isIn = IDS.filter((id) => after.rolls[id]?.user_1 !== undefined);
				if (wanted.organizations === 'all' || wanted.measure === 'delete') expect(isIn).toEqual([]);
				if (wanted.measure === 'ban') expect(after.banned).toBe(true);
				if (wanted.measure === 'lock') expect(after.locked).toBe(true);
				expect(after.isThere).toBe(wanted.measure !== 'delete');
			}),
			{ numRuns: 500 },
		);
	});

	it('a second run finds nothing left to do, unless the user is gone', () => {
		fc.assert(
			fc.property(worlds, wishes, (world, wanted) => {
				const after = execute(planOffboarding(read(world, wanted), wanted), world);
				fc.pre(after.isThere);
				const again = planOffboarding(read(after, wanted), wanted);
				expect(again.filter(({ isSkipped }) => !isSkipped)).toEqual([]);
			}),
			{ numRuns: 500 },
		);
	});
});
