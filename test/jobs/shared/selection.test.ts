import fc from 'fast-check';

import type { ClerkRecord } from '../../../nodes/Clerk/engine/operation';
import { skip } from '../../../nodes/Clerk/jobs/shared/actions';
import type { Action } from '../../../nodes/Clerk/jobs/shared/actions';
import type { Approval } from '../../../nodes/Clerk/jobs/shared/approval';
import { approvalKeyOf, planIdOf } from '../../../nodes/Clerk/jobs/shared/keys';
import type { PlanScope } from '../../../nodes/Clerk/jobs/shared/keys';
import { toReportRow, toResult } from '../../../nodes/Clerk/jobs/shared/report';
import type { Layout, ReportRow } from '../../../nodes/Clerk/jobs/shared/report';
import {
	selectAgain,
	selectApproved,
	selectTogether,
	withKeys,
} from '../../../nodes/Clerk/jobs/shared/selection';

const NOW = Date.UTC(2026, 5, 1, 12);

const SCOPE: PlanScope = { operation: 'organizationMembership.sync', instance: 'ins_1' };

const LAYOUT: Layout = {
	details: ['role'],
	ids: ['userId', 'organizationId'],
	isApprovable: true,
};

const actionOf = (target: string, words: Partial<Action> & { role?: string } = {}): Action => {
	const { role = 'org:member', ...others } = words;
	return {
		action: 'add',
		target,
		requests: [{ method: 'POST', path: `/x/${target}` }],
		reason: 'Is wanted',
		effect: { organizationId: 'org_1', role },
		columns: { userId: target, organizationId: 'org_1', role },
		...others,
	};
};

/** Returns the rows that a plan of these actions outputs. */
const rowsOf = (actions: Action[]): ClerkRecord[] =>
	toResult(withKeys(actions, SCOPE).actions.map(toReportRow), {
		layout: LAYOUT,
		isDryRun: true,
		plannedAt: NOW,
	}).records;

const approvalOf = (rows: ClerkRecord[], planId?: string): Approval => ({
	rows,
	planId,
	approvedBy: 'Ada',
});

/** Lines of what is done, and of what is skipped and why. */
const outcomeOf = (actions: Action[], approval: Approval) => {
	const selection = selectApproved(actions, approval, SCOPE);
	const lines = selection.actions.map(({ target, isSkipped, reason, requests }) => {
		expect(requests.length > 0).toBe(!isSkipped);
		return isSkipped ? `${target}: ${reason}` : target;
	});
	const gone = selection.noLongerDue.map(
		({ target, status, reason }) => `${target}: ${status} ${reason}`,
	);
	return [...lines, ...gone];
};

describe('keyOf', () => {
	const base = actionOf('user_1');

	it('is that of an action with other words, in another order of its metadata', () => {
		const one = { ...base, effect: { metadata: { a: 1, b: { c: 2, d: [1, 2] } } } };
		const other = {
			...base,
			reason: 'other',
			columns: { name: 'x' },
			effect: { metadata: { b: { d: [1, 2], c: 2 }, a: 1 } },
		};
		expect(approvalKeyOf(SCOPE, other)).toBe(approvalKeyOf(SCOPE, one));
		expect(approvalKeyOf(SCOPE, one)).toMatch(/^[\da-f]{64}$/);
	});

	it.each<[string, Action, PlanScope]>([
		['action', { ...base, action: 'remove' }, SCOPE],
		['target', actionOf('user_2'), SCOPE],
		['role', actionOf('user_1', { role: 'org:admin' }), SCOPE],
		['organization', { ...base, effect: { organizationId: 'org_2', role: 'org:member' } }, SCOPE],
		['metadata', { ...base, effect: { ...(base.effect as object), metadata: { a: 1 } } }, SCOPE],
		['operation', base, { ...SCOPE, operation: 'user.cleanUp' }],
		['instance', base, { ...SCOPE, instance: 'ins_2' }],
	])('is another one for another %s', (_, action, scope) => {
		expect(approvalKeyOf(scope, action)).not.toBe(approvalKeyOf(SCOPE, base));
	});
});

it('keyOf tells metadata from a list of its entries', () => {
	const keyWith = (metadata: unknown) =>
		approvalKeyOf(SCOPE, { ...actionOf('user_1'), effect: { metadata } });
	expect(keyWith({ a: 1 })).not.toBe(keyWith([['a', 1]]));
	expect(keyWith(JSON.parse('{"__proto__":{"a":1}}'))).not.toBe(keyWith({}));
});

describe('planIdOf', () => {
	it('is that of the due actions in any order, and no other', () => {
		const idOf = (actions: Action[]) => withKeys(actions, SCOPE).planId;
		const [a, b, c] = ['a', 'b', 'c'].map((target) => actionOf(target));
		expect(idOf([b, a])).toBe(idOf([a, b]));
		expect(idOf([a, b, { ...c, isSkipped: true }])).toBe(idOf([a, b]));
		expect(idOf([a, c])).not.toBe(idOf([a, b]));
		expect(idOf([a])).not.toBe(idOf([a, a]));
		expect(planIdOf({ ...SCOPE, instance: 'ins_2' }, [])).not.toBe(planIdOf(SCOPE, []));
	});
});

describe('selectApproved, of rows', () => {
	const plan = ['a', 'b', 'c'].map((target) => actionOf(target));

	it('does what is due and approved, and says of the others why not', () => {
		const [a, , c] = rowsOf(plan);
		const now = [plan[0], plan[1], actionOf('d')];
		expect(outcomeOf(now, approvalOf([c, a]))).toEqual([
			'a',
			'b: Not approved',
			'd: Not approved',
			'c: skipped No longer due',
		]);
	});

	it('does nothing for an empty list', () => {
		expect(outcomeOf(plan, approvalOf([]))).toEqual(
			['a', 'b', 'c'].map((target) => `${target}: Not approved`),
		);
	});

	it('does not take a row with another role or metadata for an approval', () => {
		const rows = rowsOf(plan);
		const now = [
			actionOf('a', { role: 'org:admin' }),
			{ ...plan[1], effect: { ...(plan[1].effect as object), metadata: { desk: 4 } } },
			plan[2],
		];
		expect(outcomeOf(now, approvalOf(rows))).toEqual([
			'a: Not approved',
			'b: Not approved',
			'c',
			'a: skipped No longer due',
			'b: skipped No longer due',
		]);
	});

	it.each([
		['action', 'remove'],
		['target', 'b'],
		['userId', 'b'],
		['organizationId', 'org_2'],
		['role', 'org:admin'],
		['role', null],
		['heirId', 'user_9'],
		['removed', ['private.crm']],
	])('does not take a row whose %s was changed', (name, value) => {
		const [row] = rowsOf(plan);
		expect(outcomeOf([plan[0]], approvalOf([{ ...row, [name]: value }]))).toEqual([
			'a: Not approved',
		]);
	});

	it('takes a row of which only the key is left, and one with other words', () => {
		const [a, b] = rowsOf(plan);
		const words = { ...b, reason: 'x', name: 'Somebody', comment: 'yes' };
		expect(outcomeOf(plan.slice(0, 2), approvalOf([{ key: a.key }, words]))).toEqual(['a', 'b']);
	});

	it('does not take a row that the plan skipped for an approval', () => {
		const rows = rowsOf([{ ...plan[0], isSkipped: true, reason: 'The last admin' }]);
		expect(rows[0].key).toBeNull();
		const { key } = withKeys(plan, SCOPE).actions[0];
		expect(outcomeOf([plan[0]], approvalOf([{ ...rows[0], key }]))).toEqual(['a: Not approved']);
	});

	it('leaves what the new plan skips, and its reason', () => {
		const now = [{ ...plan[0], isSkipped: true, requests: [], reason: 'The last admin' }];
		expect(outcomeOf(now, approvalOf(rowsOf(plan).slice(0, 1)))).toEqual(['a: The last admin']);
	});
});

describe('selectApproved, of exactly this plan', () => {
	const plan = ['a', 'b'].map((target) => actionOf(target));
	const { planId } = withKeys(plan, SCOPE);

	it('does all of it', () => {
		const { actions, otherPlan } = selectApproved(plan, approvalOf([], planId), SCOPE);
		expect(otherPlan).toBeUndefined();
		expect(actions.map(({ requests }) => requests)).toEqual(plan.map(({ requests }) => requests));
	});

	it('does nothing of another one, and shows the differences', () => {
		const now = [plan[0], actionOf('c')];
		const approval = approvalOf(rowsOf(plan), planId);
		expect(selectApproved(now, approval, SCOPE).otherPlan).toBe(
			'The plan is not the one that was approved: 1 new, 1 no longer due',
		);
		expect(outcomeOf(now, approval)).toEqual([
			'a: The plan has changed',
			'c: Not in the approved plan',
			'b: skipped No longer due',
		]);
		expect(outcomeOf(now, approvalOf([], planId))).toEqual([
			'a: The plan has changed',
			'c: The plan has changed',
		]);
	});
});

describe('selectTogether', () => {
	const [a, b, c] = ['a', 'b', 'c'].map((target) => actionOf(target));
	const isOwn = (target: string) => (row: ClerkRecord) => row.target === target;
	const select = (now: Action[][], approval: Approval) =>
		selectTogether(
			now.map((actions, at) => ({
				actions,
				approval,
				scope: SCOPE,
				isOwn: isOwn(['a', 'b', 'c'][at]),
			})),
		);
	const goneOf = (selections: Array<{ noLongerDue: ReportRow[] }>) =>
		selections.map(({ noLongerDue }) => noLongerDue.map(({ target }) => target));

	it('takes the plans for one: they have its ID, and any difference stops all', () => {
		const { planId } = withKeys([a, b], SCOPE);
		const same = select([[b], [a]], approvalOf([], planId));
		expect(same.map((one) => [one.planId, one.otherPlan])).toEqual([
			[planId, undefined],
			[planId, undefined],
		]);
		const other = select([[a], [c]], approvalOf(rowsOf([a, b]), planId));
		const difference = 'The plan is not the one that was approved: 1 new, 1 no longer due';
		expect(other.map(({ otherPlan }) => otherPlan)).toEqual([difference, difference]);
		expect(other.flatMap(({ actions }) => actions.map(({ requests }) => requests))).toEqual([
			[],
			[],
		]);
		// That of one item is not that of both.
		const { planId: ofOne } = withKeys([a], SCOPE);
		expect(select([[a], [b]], approvalOf([], ofOne))[0].otherPlan).toBeDefined();
	});

	it('reports what is no longer due once: with its plan, or else with the last', () => {
		const rows = rowsOf([a, b, c, actionOf('d')]);
		expect(goneOf(select([[], [b], []], approvalOf(rows)))).toEqual([['a'], [], ['c', 'd']]);
		expect(goneOf(select([[b], [c]], approvalOf(rows)))).toEqual([['a'], ['d']]);
	});

	it('does nothing in one plan because rows of another were approved for it alone', () => {
		const [first, second] = selectTogether([
			{ actions: [a], approval: approvalOf(rowsOf([a, b])), scope: SCOPE },
			{ actions: [b], approval: approvalOf([]), scope: SCOPE },
		]);
		expect(first.actions[0].isSkipped).toBeUndefined();
		expect(second.actions[0]).toMatchObject({ isSkipped: true, reason: 'Not approved' });
	});

	it('gives the plans of two instances an ID that neither has by itself', () => {
		const other = { ...SCOPE, instance: 'ins_2' };
		const idOf = (scopes: PlanScope[]) =>
			selectTogether(scopes.map((scope) => ({ actions: [a], scope })))[0].planId;
		const ids = [
			[SCOPE, other],
			[other, SCOPE],
			[SCOPE, SCOPE],
			[other, other],
		].map(idOf);
		expect(ids[1]).toBe(ids[0]);
		expect(new Set(ids).size).toBe(3);
	});
});

describe('selectTogether and selectAgain, for any items and changes', () => {
	const target = fc.constantFrom('a', 'b', 'c', 'd', 'e');
	const role = fc.constantFrom('org:member', 'org:admin');
	const item = fc.array(
		fc.record({ target, role, isSkipped: fc.boolean() }).map(({ target: name, ...words }) => {
			const action = actionOf(name, { role: words.role });
			return words.isSkipped ? skip(action, 'Not due') : action;
		}),
		{ maxLength: 4 },
	);
	const items = fc.array(item, { minLength: 1, maxLength: 4 });
	const dueKeys = (actions: Action[]) =>
		actions.flatMap((action) => (action.isSkipped ? [] : approvalKeyOf(SCOPE, action)));

	it('do only what was due in the plan, was approved, and is due in its item, then and now', () => {
		fc.assert(
			fc.property(
				items,
				items,
				items,
				fc.infiniteStream(fc.boolean()),
				fc.boolean(),
				(planned, judged, applied, choices, isExact) => {
					const all = planned.flat();
					const rows = rowsOf(all).filter(() => choices.next().value);
					const { planId } = withKeys(all, SCOPE);
					const approval = approvalOf(isExact ? rowsOf(all) : rows, isExact ? planId : undefined);
					const selections = selectTogether(
						judged.map((actions) => ({ actions, approval, scope: SCOPE })),
					);
					const isStopped = selections.some(({ otherPlan }) => otherPlan !== undefined);
					const isSame = dueKeys(judged.flat()).sort().join() === dueKeys(all).sort().join();
					expect(isStopped).toBe(isExact && !isSame);
					const approved = new Set(
						approval.rows.flatMap((row) => (row.status === 'planned' ? String(row.key) : [])),
					);
					judged.forEach((before, at) => {
						const now = applied[at] ?? [];
						const again = selectAgain(now, SCOPE, selections[at]);
						const done = again.actions.filter(({ requests }) => requests.length > 0);
						if (isStopped) expect(done).toEqual([]);
						for (const action of done) {
							expect(approved).toContain(action.key);
							expect(dueKeys(before)).toContain(action.key);
							expect(dueKeys(now)).toContain(action.key);
						}
					});
					// What was approved is either in a plan or reported, once.
					const known = new Set(judged.flat().map((action) => approvalKeyOf(SCOPE, action)));
					const gone = [...approved].filter((key) => !known.has(key));
					if (!isExact) {
						expect(selections.flatMap(({ noLongerDue }) => noLongerDue)).toHaveLength(gone.length);
					}
				},
			),
		);
	});

	it('select among 10,000 rows for 100 items', () => {
		const plan = Array.from({ length: 10_000 }, (_, at) => actionOf(`user_${at}`));
		const approval = approvalOf(rowsOf(plan));
		const plans = Array.from({ length: 100 }, (_, at) => plan.slice(at * 100, at * 100 + 99));
		const start = performance.now();
		const selections = selectTogether(
			plans.map((actions) => ({ actions, approval, scope: SCOPE })),
		);
		expect(performance.now() - start).toBeLessThan(10_000);
		expect(selections.flatMap(({ actions }) => actions.filter((one) => one.isSkipped))).toEqual([]);
		expect(selections.map(({ noLongerDue }) => noLongerDue.length)).toEqual([
			...Array.from({ length: 99 }, () => 0),
			100,
		]);
	});
});

describe('selectAgain', () => {
	const plan = ['a', 'b', 'c'].map((target) => actionOf(target));

	it('does only what was selected before and is still due', () => {
		const before = selectApproved(plan, approvalOf(rowsOf(plan.slice(0, 2))), SCOPE);
		const now = [plan[1], plan[2], actionOf('d')];
		const { actions, noLongerDue, planId } = selectAgain(now, SCOPE, before);
		expect(actions.map(({ target, isSkipped, reason }) => [target, isSkipped, reason])).toEqual([
			['b', undefined, 'Is wanted'],
			['c', true, 'Not approved'],
			['d', true, 'Not approved'],
		]);
		expect(noLongerDue).toMatchObject([
			{ target: 'a', status: 'skipped', reason: 'No longer due', key: undefined },
		]);
		expect(planId).toBe(before.planId);
	});
});

describe('selectApproved, for any plan, change and tampering', () => {
	const anyAction = fc
		.record({
			target: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
			action: fc.constantFrom('add', 'remove'),
			role: fc.constantFrom('org:member', 'org:admin'),
			isSkipped: fc.boolean(),
		})
		.map(({ target, ...words }) => actionOf(target, words));
	const anyPlan = fc.uniqueArray(anyAction, {
		selector: ({ action, target }) => `${action} ${target}`,
	});
	/** What somebody does to rows between the plan and the run. */
	const tamper = fc.array(
		fc.record({
			at: fc.nat(),
			column: fc.constantFrom('action', 'target', 'role', 'key', 'status', 'name', 'reason'),
			value: fc.constantFrom('a', 'b', 'remove', 'org:admin', 'planned', null),
		}),
	);

	it('does only what was due in the plan, was approved, and is due now', () => {
		fc.assert(
			fc.property(
				anyPlan,
				anyPlan,
				tamper,
				fc.func(fc.boolean()),
				(before, after, changes, pick) => {
					const untouched = rowsOf(before);
					const rows = untouched.filter((row) => pick(row.target, row.action)).reverse();
					const changed = rows.map((row) => ({ ...row }));
					for (const { at, column, value } of changes) {
						if (changed.length > 0) changed[at % changed.length][column] = value;
					}
					const dueKeys = (actions: Action[]) =>
						actions
							.filter(({ isSkipped }) => !isSkipped)
							.map((action) => approvalKeyOf(SCOPE, action));
					const approvedKeys = rows.map(({ key }) => key);
					const done = selectApproved(after, approvalOf(changed), SCOPE).actions.filter(
						({ isSkipped }) => !isSkipped,
					);
					for (const { key, requests, action, target } of done) {
						expect(dueKeys(before)).toContain(key);
						expect(approvedKeys).toContain(key);
						expect(dueKeys(after)).toContain(key);
						// What it does is what the job planned, whatever the row says.
						const own = after.find((one) => one.action === action && one.target === target)!;
						expect(requests).toEqual(own.requests);
					}
					if (changes.length === 0) {
						const expected = approvedKeys.filter(
							(key) => key !== null && dueKeys(after).includes(key as string),
						);
						expect(done.map(({ key }) => key).sort()).toEqual([...expected].sort());
					}
				},
			),
			{ numRuns: 500 },
		);
	});

	it('selects among 10,000 rows', () => {
		const plan = Array.from({ length: 10_000 }, (_, at) => actionOf(`user_${at}`));
		const rows = rowsOf(plan).filter((_, at) => at % 2 === 0);
		const selection = selectApproved([...plan].reverse(), approvalOf(rows), SCOPE);
		const done = selection.actions.filter(({ isSkipped }) => !isSkipped);
		expect(done).toHaveLength(5_000);
		expect(done.every(({ target }) => Number(target.slice(5)) % 2 === 0)).toBe(true);
		expect(selection.noLongerDue).toEqual([]);
	});
});
