import fc from 'fast-check';

import { skipIfBlocked } from '../../../nodes/Clerk/jobs/offboard/apply';
import { planOffboarding, PHASES } from '../../../nodes/Clerk/jobs/offboard/plan';
import type {
	Leaver,
	Membership,
	OffboardOptions,
	OffboardAction,
} from '../../../nodes/Clerk/jobs/offboard/plan';
import type { ReportRow } from '../../../nodes/Clerk/jobs/shared/report';

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

const leaverWith = (fields: Partial<Leaver> = {}): Leaver => ({
	id: 'user_1',
	name: 'Ada Berg',
	emailAddress: 'ada@example.com',
	banned: false,
	locked: false,
	sessions: [],
	memberships: [],
	organizationInvitations: [],
	invitations: [],
	apiKeys: [],
	...fields,
});

const optionsWith = (fields: Partial<OffboardOptions> = {}): OffboardOptions => ({
	organizations: 'all',
	accountAction: 'ban',
	...fields,
});

/** A line for each action; a skipped one begins with `not`. */
const linesOf = (actions: OffboardAction[]) =>
	actions
		.filter(({ action }) => action !== 'revokeOAuthTokens')
		.map(({ action, target, isSkipped, reason }) =>
			isSkipped ? `not ${action} ${target}: ${reason}` : `${action} ${target}`,
		);

const plan = (fields: Partial<Leaver>, options: Partial<OffboardOptions> = {}) =>
	planOffboarding(leaverWith(fields), optionsWith(options));

const requestsOf = (actions: OffboardAction[]) =>
	actions.flatMap(({ requests }) => requests.map(({ method, path }) => `${method} ${path}`));

describe('planOffboarding', () => {
	it('revokes and removes everything, and ends with the account', () => {
		const actions = plan({
			sessions: [{ id: 'sess_1', status: 'active', user_id: 'user_1' }],
			memberships: [membership('org_1'), admin('org_2', 'user_2')],
			organizationInvitations: [{ id: 'orginv_1', organization_id: 'org_3', email_address: 'a@b' }],
			invitations: [{ id: 'inv_1', email_address: 'a@b' }],
			apiKeys: [{ id: 'ak_1', name: 'CI' }],
		});
		expect(requestsOf(actions)).toEqual([
			'POST /sessions/sess_1/revoke',
			'POST /api_keys/ak_1/revoke',
			'POST /organizations/org_3/invitations/orginv_1/revoke',
			'POST /invitations/inv_1/revoke',
			'DELETE /organizations/org_1/memberships/user_1',
			'DELETE /organizations/org_2/memberships/user_1',
			'POST /users/user_1/ban',
		]);
	});

	it('reports what the API cannot do', () => {
		const rows = plan({ apiKeys: 'Clerk does not list them: off' });
		expect(
			rows.filter(({ isSkipped }) => isSkipped).map(({ action, reason }) => [action, reason]),
		).toMatchObject([
			['revokeApiKeys', 'Clerk does not list them: off'],
			['revokeOAuthTokens', expect.stringContaining('does not list the OAuth tokens')],
		]);
	});

	it('keeps the last admin of an organization, and does not delete that user', () => {
		const reason = "The user is the last admin of ORG_1: choose in 'Hand Over To' who takes over";
		expect(linesOf(plan({ memberships: [admin('org_1')] }))).toEqual([
			`not removeFromOrganization org_1: ${reason}`,
			'ban user_1',
		]);
		// A deletion ends all memberships, whichever organizations were chosen.
		const options: Partial<OffboardOptions> = { organizations: 'none', accountAction: 'delete' };
		expect(linesOf(plan({ memberships: [admin('org_1')] }, options))).toEqual([
			`not delete user_1: ${reason}`,
		]);
	});

	it('hands an admin role over first, by a new role for a member and a membership for others', () => {
		const memberships = [
			admin('org_1'),
			{ ...admin('org_2'), role: 'org:owner', heirRole: 'org:member' },
			admin('org_3', 'user_3'),
		];
		const actions = plan({ memberships }, { heirId: 'user_2', accountAction: 'delete' });
		expect(linesOf(actions)).toEqual([
			'handOver org_1',
			'handOver org_2',
			'removeFromOrganization org_1',
			'removeFromOrganization org_2',
			'removeFromOrganization org_3',
			'delete user_1',
		]);
		expect(actions[0].requests).toEqual([
			{
				method: 'POST',
				path: '/organizations/org_1/memberships',
				body: { user_id: 'user_2', role: 'org:admin' },
			},
		]);
		expect(actions[1].requests).toEqual([
			{
				method: 'PATCH',
				path: '/organizations/org_2/memberships/user_2',
				body: { role: 'org:owner' },
			},
		]);
	});

	it('finds organizations by ID or slug, and reports those without a membership', () => {
		const organizations = ['org_1', 'slug-org_2', 'nowhere'];
		const memberships = ['org_1', 'org_2', 'org_3'].map((id) => membership(id));
		expect(linesOf(plan({ memberships }, { organizations, accountAction: 'nothing' }))).toEqual([
			'removeFromOrganization org_1',
			'removeFromOrganization org_2',
			'not removeFromOrganization nowhere: The user is not a member',
		]);
	});

	it('skips what a directory manages', () => {
		const directory = { name: 'Okta', organizationId: 'org_1' };
		const memberships = [membership('org_1'), membership('org_2')];
		expect(linesOf(plan({ directory, memberships }))).toEqual([
			'not removeFromOrganization org_1: Directory Sync (Okta) manages the members: remove the user there',
			'removeFromOrganization org_2',
			'not ban user_1: Directory Sync (Okta) manages the users: deprovision the user there',
		]);
	});

	it.each([
		['ban', { banned: true }, 'The user is already banned'],
		['lock', { locked: true }, 'The user is already locked'],
	] as const)('does not %s a user again', (accountAction, fields, reason) => {
		expect(linesOf(plan(fields, { accountAction }))).toEqual([
			`not ${accountAction} user_1: ${reason}`,
		]);
	});
});

describe('skipIfBlocked (apply.ts)', () => {
	const failed = (action: string, target: string): ReportRow => ({
		action,
		target,
		status: 'failed',
		reason: 'x',
	});
	const actions = plan(
		{ memberships: [admin('org_1'), admin('org_2')] },
		{ heirId: 'user_2', accountAction: 'delete' },
	);
	const after = (rows: ReportRow[]) =>
		actions
			.filter(({ phase }) => phase !== 'handOver')
			.map((action) => skipIfBlocked(action, rows));

	it('returns the actions unchanged if none failed', () => {
		expect(after([{ ...failed('handOver', 'org_1'), status: 'done' }])).toEqual(actions.slice(2));
	});

	it('skips the removal and the deletion if a role was not handed over', () => {
		expect(linesOf(after([failed('handOver', 'org_1')]))).toEqual([
			'not removeFromOrganization org_1: The organization would have no admin: the role was not handed over',
			'removeFromOrganization org_2',
			'not delete user_1: Not deleted, because earlier steps were not carried out',
		]);
	});

	it('never skips a ban', () => {
		const [ban] = plan({}).slice(-1);
		expect(skipIfBlocked(ban, [failed('revokeSession', 'sess_1')])).toBe(ban);
	});
});

/** The members of each organization, with their roles. */
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

const anyOptions: fc.Arbitrary<OffboardOptions> = fc.record(
	{
		organizations: fc.oneof(
			fc.constantFrom('all' as const, 'none' as const),
			fc.subarray([...IDS, 'slug-org_1', 'nowhere'], { minLength: 1 }),
		),
		heirId: fc.constant('user_2'),
		accountAction: fc.constantFrom('ban', 'delete', 'lock', 'nothing'),
	},
	{ requiredKeys: ['organizations', 'accountAction'] },
);

function read({ rolls, sessions, banned, locked }: World, { heirId }: OffboardOptions): Leaver {
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
	return leaverWith({ banned, locked, memberships, sessions: open });
}

/** Applies a plan to a world. @param rejected - indexes of the actions that Clerk rejects */
function execute(actions: OffboardAction[], before: World, rejected: number[] = []): World {
	const world: World = JSON.parse(JSON.stringify(before)) as World;
	const rows: ReportRow[] = [];
	for (const stage of PHASES) {
		for (const [index, planned] of actions.entries()) {
			if (planned.phase !== stage) continue;
			const due = skipIfBlocked(planned, rows);
			if (due.isSkipped) continue;
			const { action, target, reason } = due;
			const isRejected = rejected.includes(index);
			rows.push({ action, target, reason, status: isRejected ? 'failed' : 'done' });
			if (!isRejected) change(world, due);
		}
	}
	return world;
}

function change(world: World, { action, target, requests }: OffboardAction): void {
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

describe('planOffboarding, for any user and any options', () => {
	it('leaves every organization an admin, whichever steps Clerk rejects', () => {
		fc.assert(
			fc.property(worlds, anyOptions, fc.array(fc.nat(12)), (world, options, rejected) => {
				const after = execute(planOffboarding(read(world, options), options), world, rejected);
				for (const id of IDS) {
					if (adminsOf(world, id) > 0) expect(adminsOf(after, id)).toBeGreaterThan(0);
				}
			}),
			{ numRuns: 500 },
		);
	});

	it('does all that was asked for if there is an heir', () => {
		fc.assert(
			fc.property(worlds, anyOptions, (world, options) => {
				const withHeir = { ...options, heirId: 'user_2' };
				const after = execute(planOffboarding(read(world, withHeir), withHeir), world);
				expect(after.sessions).toEqual([]);
				const isIn = IDS.filter((id) => after.rolls[id]?.user_1 !== undefined);
				if (options.organizations === 'all' || options.accountAction === 'delete')
					expect(isIn).toEqual([]);
				if (options.accountAction === 'ban') expect(after.banned).toBe(true);
				if (options.accountAction === 'lock') expect(after.locked).toBe(true);
				expect(after.isThere).toBe(options.accountAction !== 'delete');
			}),
			{ numRuns: 500 },
		);
	});

	it('plans nothing the second time, unless the user was deleted', () => {
		fc.assert(
			fc.property(worlds, anyOptions, (world, options) => {
				const after = execute(planOffboarding(read(world, options), options), world);
				fc.pre(after.isThere);
				const again = planOffboarding(read(after, options), options);
				expect(again.filter(({ isSkipped }) => !isSkipped)).toEqual([]);
			}),
			{ numRuns: 500 },
		);
	});
});
