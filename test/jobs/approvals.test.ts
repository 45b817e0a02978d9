import fc from 'fast-check';

import type { ClerkRecord } from '../../nodes/Clerk/engine/operation';
import { planCleanUp } from '../../nodes/Clerk/jobs/cleanUp/plan';
import type { CleanUpData, CleanUpOptions } from '../../nodes/Clerk/jobs/cleanUp/plan';
import { CLEAN_UP_LAYOUT } from '../../nodes/Clerk/jobs/cleanUp/report';
import { skipIfBlocked } from '../../nodes/Clerk/jobs/offboard/apply';
import { planOffboarding, PHASES } from '../../nodes/Clerk/jobs/offboard/plan';
import type { Leaver, OffboardOptions } from '../../nodes/Clerk/jobs/offboard/plan';
import { OFFBOARD_LAYOUT } from '../../nodes/Clerk/jobs/offboard/report';
import { planKeyRemoval } from '../../nodes/Clerk/jobs/removeMetadataKeys/plan';
import { KEY_REMOVAL_LAYOUT } from '../../nodes/Clerk/jobs/removeMetadataKeys/report';
import type { Action } from '../../nodes/Clerk/jobs/shared/actions';
import { approvalKeyOf } from '../../nodes/Clerk/jobs/shared/keys';
import { selectApproved, withKeys } from '../../nodes/Clerk/jobs/shared/selection';
import { DAY_MS } from '../../nodes/Clerk/jobs/shared/inactivity';
import { toReportRow, toResult } from '../../nodes/Clerk/jobs/shared/report';
import type { Layout, ReportRow } from '../../nodes/Clerk/jobs/shared/report';
import { approvedPlans } from '../../nodes/Clerk/jobs/sync/job';
import type { Member, PlanOptions, WantedMember } from '../../nodes/Clerk/jobs/sync/model';
import { planOrganization } from '../../nodes/Clerk/jobs/sync/plan';
import { SYNC_LAYOUT } from '../../nodes/Clerk/jobs/sync/report';

/**
 * An approval of each job's plan: whatever happens between the plan and the run, and whatever is done to
 * the rows, only what was due, was approved and is due now is done.
 */

const NOW = Date.UTC(2026, 5, 1, 12);

const SCOPE = { operation: 'a.job', instance: 'ins_1' };

const rowsOf = (actions: Action[], layout: Layout): ClerkRecord[] =>
	toResult(withKeys(actions, SCOPE).actions.map(toReportRow), {
		layout,
		isDryRun: true,
		plannedAt: NOW,
	}).records;

const isDue = ({ isSkipped }: Action) => !isSkipped;

const dueKeys = (actions: Action[]) =>
	new Set(actions.filter(isDue).map((action) => approvalKeyOf(SCOPE, action)));

/** What somebody does to rows before they come back as approved. */
const tampering = fc.record({
	keeps: fc.func(fc.boolean()),
	isReversed: fc.boolean(),
	changes: fc.array(
		fc.record({
			at: fc.nat(),
			column: fc.constantFrom(
				'action',
				'target',
				'role',
				'organizationId',
				'key',
				'name',
				'status',
			),
			value: fc.constantFrom('user_0', 'user_1', 'delete', 'ban', 'org:admin', 'planned', null),
		}),
		{ maxLength: 4 },
	),
});

type Tampering = typeof tampering extends fc.Arbitrary<infer T> ? T : never;

/** @returns the keys of the rows that were kept, and the rows as they come back */
function tamperWith(rows: ClerkRecord[], { keeps, isReversed, changes }: Tampering) {
	const kept = rows.filter(({ action, target }) => keeps(action, target));
	const approved: Array<Record<string, unknown>> = kept.map((row) => ({ ...row }));
	for (const { at, column, value } of changes) {
		if (approved.length > 0) approved[at % approved.length][column] = value;
	}
	if (isReversed) approved.reverse();
	return { keys: new Set(kept.map(({ key }) => key)), approved };
}

/** Expects of a run after an approval that it does no more than was due, approved and is due. */
function expectNoMore(before: Action[], after: Action[], done: Action[], keys: Set<unknown>): void {
	const [wereDue, areDue] = [dueKeys(before), dueKeys(after)];
	for (const action of done.filter(isDue)) {
		const key = approvalKeyOf(SCOPE, action);
		expect([wereDue.has(key), keys.has(key), areDue.has(key)]).toEqual([true, true, true]);
		const planned = after.find((one) => approvalKeyOf(SCOPE, one) === key)!;
		expect(action.requests).toEqual(planned.requests);
	}
}

const select = <T extends Action>(actions: T[], rows: ClerkRecord[]) =>
	selectApproved(actions, { rows, approvedBy: 'Ada' }, SCOPE);

const ids = ['user_0', 'user_1', 'user_2', 'user_3', 'user_4'];

describe('an approved clean-up', () => {
	const world = fc.record({
		users: fc.tuple(
			...ids.map(() =>
				fc.record({
					isAway: fc.boolean(),
					isDeleted: fc.boolean(),
					banned: fc.boolean(),
					markedDays: fc.constantFrom(undefined, 3, 8, 30),
				}),
			),
		),
		admins: fc.array(fc.subarray(ids), { maxLength: 3 }),
	});
	const read = ({
		users,
		admins,
	}: typeof world extends fc.Arbitrary<infer T> ? T : never): CleanUpData => {
		const known = users.flatMap(({ isAway, isDeleted, banned, markedDays }, at) =>
			isDeleted
				? []
				: [
						{
							id: ids[at],
							name: null,
							emailAddress: null,
							isAway,
							banned,
							locked: false,
							since: NOW - (100 + at) * DAY_MS,
							inactiveDays: 100 + at,
							reason: 'away',
							hasOtherMarks: false,
							sessions: [],
							...(markedDays !== undefined && { mark: NOW - markedDays * DAY_MS }),
						},
					],
		);
		return {
			candidates: known.filter(({ isAway }) => isAway),
			toUnmark: known.filter(({ isAway, mark }) => !isAway && mark !== undefined),
			organizations: admins.map((some, at) => ({
				id: `org_${at}`,
				name: 'x',
				admins: new Set(some),
			})),
			lookedAt: known.length,
			allUsers: known.length,
			spared: [],
			notices: [],
		};
	};
	const options = fc.record({
		accountAction: fc.constantFrom('ban' as const, 'delete' as const),
		graceDays: fc.constantFrom(0, 7),
	});

	it('does no more than was approved and is due, and keeps an admin', () => {
		fc.assert(
			fc.property(
				world,
				world,
				options,
				options,
				tampering,
				(first, second, form, later, hands) => {
					const before = planCleanUp(read(first), form, NOW);
					const data = read(second);
					const after = planCleanUp(data, later, NOW + DAY_MS);
					const { keys, approved } = tamperWith(rowsOf(before, CLEAN_UP_LAYOUT), hands);
					const { actions } = select(after, approved);
					expectNoMore(before, after, actions, keys);
					const gone = new Set(
						actions
							.filter(({ action, isSkipped }) => !isSkipped && action === later.accountAction)
							.map(({ target }) => target),
					);
					const isThere = (id: string) =>
						!gone.has(id) && !data.candidates.some((one) => one.id === id && one.banned);
					for (const { admins } of data.organizations) {
						const had = [...admins].some(
							(id) => !data.candidates.some((one) => one.id === id && one.banned),
						);
						if (had) expect([...admins].some(isThere)).toBe(true);
					}
				},
			),
			{ numRuns: 400 },
		);
	});

	it('does exactly the approved half of 10,000 users, whatever the order of the rows', () => {
		const data: CleanUpData = {
			candidates: Array.from({ length: 10_000 }, (_, at) => ({
				id: `user_${at}`,
				name: null,
				emailAddress: `user${at}@example.com`,
				since: NOW - 200 * DAY_MS,
				inactiveDays: 200,
				reason: 'away',
				banned: false,
				locked: false,
				hasOtherMarks: false,
				sessions: [],
			})),
			toUnmark: [],
			organizations: [],
			lookedAt: 10_000,
			allUsers: 20_000,
			spared: [],
			notices: [],
		};
		const form: CleanUpOptions = { accountAction: 'delete', graceDays: 0 };
		const rows = rowsOf(planCleanUp(data, form, NOW), CLEAN_UP_LAYOUT).reverse();
		const half = rows.filter((_, at) => at % 2 === 0);
		const later = { ...data, candidates: [...data.candidates].reverse() };
		const { actions, noLongerDue } = select(planCleanUp(later, form, NOW + DAY_MS), half);
		expect(new Set(actions.filter(isDue).map(({ target }) => target))).toEqual(
			new Set(half.map(({ target }) => target)),
		);
		expect(noLongerDue).toEqual([]);
	});
});

describe('an approved offboarding', () => {
	const membership = fc.record({
		role: fc.constantFrom('org:admin', 'org:member'),
		others: fc.subarray(['user_8', 'user_9']),
		isMember: fc.boolean(),
		heirRole: fc.constantFrom(undefined, 'org:member'),
	});
	const leaver: fc.Arbitrary<Leaver> = fc
		.record({
			banned: fc.boolean(),
			memberships: fc.tuple(membership, membership),
			sessions: fc.subarray(['sess_1', 'sess_2']),
			keys: fc.subarray(['ak_1', 'ak_2']),
		})
		.map(({ banned, memberships, sessions, keys }) => ({
			id: 'user_0',
			name: null,
			emailAddress: null,
			banned,
			locked: false,
			sessions: sessions.map((id) => ({ id, status: 'active', user_id: 'user_0' })),
			memberships: memberships.flatMap(({ role, others, isMember, heirRole }, at) =>
				isMember
					? [
							{
								organizationId: `org_${at}`,
								slug: `org-${at}`,
								name: `Org ${at}`,
								role,
								heirRole,
								admins: new Set(role === 'org:admin' ? ['user_0', ...others] : others),
							},
						]
					: [],
			),
			organizationInvitations: [],
			invitations: [],
			apiKeys: keys.map((id) => ({ id, name: id })),
		}));
	const options: fc.Arbitrary<OffboardOptions> = fc.record({
		organizations: fc.constantFrom('all' as const, 'none' as const),
		heirId: fc.constantFrom(undefined, 'user_9'),
		accountAction: fc.constantFrom('ban' as const, 'delete' as const, 'nothing' as const),
	});

	it('does no more than was approved and is due, and leaves no organization without an admin', () => {
		fc.assert(
			fc.property(leaver, leaver, options, tampering, (first, second, form, hands) => {
				const before = planOffboarding(first, form);
				const after = planOffboarding(second, form);
				const { keys, approved } = tamperWith(rowsOf(before, OFFBOARD_LAYOUT), hands);
				const { actions } = select(after, approved);
				const earlier: ReportRow[] = [];
				const done = PHASES.flatMap((phase) => {
					const own = actions
						.filter((action) => action.phase === phase)
						.map((action) => skipIfBlocked(action, earlier));
					earlier.push(...own.map(toReportRow));
					return own;
				});
				expectNoMore(before, after, done, keys);
				const due = done.filter(isDue);
				const isDeleted = due.some(({ action }) => action === 'delete');
				for (const { organizationId: id, role, admins } of second.memberships) {
					if (role !== 'org:admin' || admins.size > 1) continue;
					const isHandedOver = due.some(
						({ action, target }) => action === 'handOver' && target === id,
					);
					const leaves = due.some(
						({ action, target }) => action === 'removeFromOrganization' && target === id,
					);
					if (leaves || isDeleted) expect(isHandedOver).toBe(true);
				}
			}),
			{ numRuns: 400 },
		);
	});
});

describe('an approved sync', () => {
	const role = fc.constantFrom('org:admin', 'org:member');
	const members = fc.uniqueArray(fc.tuple(fc.constantFrom(...ids), role), {
		selector: ([id]) => id,
	});
	const toMember = ([userId, key]: [string, string]): Member => ({
		userId,
		name: null,
		emailAddress: null,
		identifier: null,
		role: key,
		isActive: true,
		publicMetadata: {},
		privateMetadata: {},
		since: 0,
	});
	const metadata = fc.constantFrom(undefined, { desk: 4 });
	const wantedMembers = fc
		.uniqueArray(fc.tuple(fc.constantFrom(...ids), role, metadata), { selector: ([id]) => id })
		.map((all) =>
			all.map(([userId, key, publicMetadata], item): WantedMember => ({
				item,
				value: userId,
				userId,
				name: null,
				emailAddress: null,
				isActive: true,
				role: key,
				publicMetadata,
			})),
		);
	const planOptions: PlanOptions = {
		otherMembers: 'remove',
		marker: '',
		revokeInvitations: false,
		allowEmptying: false,
		adminRoles: new Set(['org:admin']),
		reasonIfManaged: () => undefined,
		reasonIfAddressManaged: () => undefined,
	};
	const planOf = (all: Array<[string, string]>, wanted: WantedMember[]) => {
		const state = { id: 'org_1', slug: 'acme', members: all.map(toMember), invitations: [] };
		return { state, wanted, actions: planOrganization(state, wanted, planOptions) };
	};

	it('does no more than was approved and is due, and keeps an admin', () => {
		fc.assert(
			fc.property(
				members,
				members,
				wantedMembers,
				wantedMembers,
				tampering,
				(first, second, wanted, wantedNow, hands) => {
					const before = planOf(first, wanted).actions;
					const plan = planOf(second, wantedNow);
					const { keys, approved } = tamperWith(rowsOf(before, SYNC_LAYOUT), hands);
					const [{ actions }] = approvedPlans(
						[{ plan, planOptions }],
						select(plan.actions, approved),
					);
					expectNoMore(before, plan.actions, actions, keys);
					const roles = new Map<string, string>(second);
					for (const { action, target, columns } of actions.filter(isDue)) {
						if (action === 'remove') roles.delete(target);
						else if (action !== 'changeMetadata') roles.set(target, String(columns!.role));
					}
					const hasAdmin = (all: Iterable<string>) => [...all].includes('org:admin');
					if (hasAdmin(second.map(([, key]) => key))) expect(hasAdmin(roles.values())).toBe(true);
				},
			),
			{ numRuns: 500 },
		);
	});

	it('does exactly the approved half of 10,000 rows, whatever their order', () => {
		const all = Array.from({ length: 10_000 }, (_, at): [string, string] => [
			`user_${at}`,
			at === 0 ? 'org:admin' : 'org:member',
		]);
		const rows = rowsOf(planOf(all, []).actions, SYNC_LAYOUT).reverse();
		const half = rows.filter(({ status }, at) => status === 'planned' && at % 2 === 0);
		const plan = planOf([...all].reverse(), []);
		const [{ actions }] = approvedPlans([{ plan, planOptions }], select(plan.actions, half));
		expect(actions.filter(isDue).map(({ target }) => target)).toEqual(
			half.map(({ target }) => target),
		);
	});
});

describe('an approved removal of metadata keys', () => {
	const stored = fc.record({
		public_metadata: fc.constantFrom({}, { plan: 'pro' }, { plan: 'free', crm: { id: 1 } }),
		private_metadata: fc.constantFrom({}, { plan: 'x' }),
	});
	const paths = fc.constantFrom<string[][]>([['plan']], [['plan'], ['crm', 'id']]);

	it('does no more than was approved and is due', () => {
		fc.assert(
			fc.property(stored, stored, paths, paths, tampering, (first, second, keys, now, hands) => {
				const planOf = (record: ClerkRecord, given: string[][]): Action[] => {
					const path = '/users/user_0/metadata';
					const action = planKeyRemoval(record, given, ['public', 'private'], 'user_0', path);
					return [{ ...action, effect: { body: action.requests[0]?.body } }];
				};
				const [before, after] = [planOf(first, keys), planOf(second, now)];
				const handed = tamperWith(rowsOf(before, KEY_REMOVAL_LAYOUT), hands);
				const { actions } = select(after, handed.approved);
				expectNoMore(before, after, actions, handed.keys);
			}),
		);
	});
});
