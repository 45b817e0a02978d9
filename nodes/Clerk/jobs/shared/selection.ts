import type { ClerkRecord, OperationResult } from '../../engine/operation';
import { isSame } from '../../engine/operation/values';
import { IncompleteJobError } from '../../engine/run/incompleteJob';
import { skip } from './actions';
import type { Action } from './actions';
import type { Approval } from './approval';
import { approvalKeyOf, planIdOf } from './keys';
import type { PlanScope } from './keys';
import { COMMON_COLUMNS, toReportRow } from './report';
import type { ReportRow } from './report';

/**
 * Selects what is approved of a plan. An approved row only selects an action of the new plan: what the
 * action does, the job decides.
 */

/** What an approval leaves of a plan. */
export interface Selection<T extends Action> {
	/** All actions, with their keys; those that were not approved are skipped. */
	actions: T[];
	/** Undefined where the plan cannot be approved. */
	planId?: string;
	/** Rows for what was approved and is no longer due. */
	noLongerDue: ReportRow[];
	/** Why nothing may be done: the plan is not the approved one. */
	otherPlan?: string;
}

/** Returns the actions with their keys, and the plan's ID. @param scope - undefined if no approval is involved */
export function withKeys<T extends Action>(
	actions: T[],
	scope: PlanScope | undefined,
): Selection<T> {
	if (!scope) return { actions, noLongerDue: [] };
	const keyed = actions.map((action) => ({ ...action, key: approvalKeyOf(scope, action) }));
	return { actions: keyed, planId: planIdOf(scope, keyed), noLongerDue: [] };
}

const NOT_APPROVED = 'Not approved';

const NOT_IN_PLAN = 'Not in the approved plan';

const NO_LONGER_DUE = 'No longer due';

/** One of the plans of a run, with its approval; those of a run are all approved, or none is. */
export interface SelectablePlan<T extends Action> {
	actions: T[];
	approval?: Approval;
	/** Undefined if no approval is involved. */
	scope?: PlanScope;
	/** Whether an approved row is about this plan. */
	isOwn?(row: ClerkRecord): boolean;
}

/** Skips what was not approved of a plan. An approval never adds an action. */
export const selectApproved = <T extends Action>(
	actions: T[],
	approval: Approval | undefined,
	scope: PlanScope | undefined,
): Selection<T> => selectTogether([{ actions, approval, scope }])[0];

/**
 * Skips what was not approved of the plans of a run, which have one plan ID. A row for what is in none
 * of them any more is reported once: with the plan that it is about, or else with the last one.
 */
export function selectTogether<T extends Action>(
	plans: Array<SelectablePlan<T>>,
): Array<Selection<T>> {
	const keyed = plans.map(({ actions, scope }) => withKeys(actions, scope).actions);
	const all = keyed.flat();
	const scope = scopeOf(plans);
	const planId = scope && planIdOf(scope, all);
	const approved = new Map<string, ClerkRecord>();
	for (const { approval } of plans) {
		for (const row of rowsOf(approval)) if (!approved.has(row.key)) approved.set(row.key, row);
	}
	const noLongerDue = goneRows(plans, approved, new Set(all.map(({ key }) => key)));
	const isNew = ({ key }: T) => approved.size > 0 && !approved.has(key!);
	const otherPlan = describeOtherPlan(
		all.filter((action) => !action.isSkipped && isNew(action)).length,
		approved.size > 0 ? noLongerDue.flat().length : undefined,
	);
	return plans.map(({ approval }, at) => {
		const actions = keyed[at];
		if (!approval || (approval.planId !== undefined && approval.planId === planId)) {
			return { actions, planId, noLongerDue: [] };
		}
		const selection = { planId, noLongerDue: noLongerDue[at] };
		const select = (reasonOf: (action: T) => string | undefined) =>
			actions.map((action) => {
				const reason = action.isSkipped ? undefined : reasonOf(action);
				return reason === undefined ? action : withhold(action, reason);
			});
		if (approval.planId !== undefined) {
			const reasonOf = (action: T) => (isNew(action) ? NOT_IN_PLAN : 'The plan has changed');
			return { ...selection, otherPlan, actions: select(reasonOf) };
		}
		const own = groupByKey(rowsOf(approval), new Set(actions.map(({ key }) => key)));
		const isApproved = (action: T) =>
			(own.get(action.key!) ?? []).some((row) => isUnchanged(row, action));
		return {
			...selection,
			actions: select((action) => (isApproved(action) ? undefined : NOT_APPROVED)),
		};
	});
}

/**
 * Selects, of a plan that is made again, what was selected when all plans were judged: the items before
 * have changed what is due since.
 */
export function selectAgain<T extends Action>(
	actions: T[],
	scope: PlanScope | undefined,
	before: Selection<T>,
): Selection<T> {
	const keyed = withKeys(actions, scope).actions;
	const selected = before.actions.filter(({ isSkipped }) => !isSkipped);
	const selectedKeys = new Set(selected.map(({ key }) => key));
	const known = new Set(keyed.map(({ key }) => key));
	const gone = selected
		.filter(({ key }) => !known.has(key))
		.map((action): ReportRow => ({
			...toReportRow(action),
			key: undefined,
			status: 'skipped',
			reason: NO_LONGER_DUE,
		}));
	return {
		...before,
		noLongerDue: [...before.noLongerDue, ...gone],
		actions: keyed.map((action) =>
			action.isSkipped || selectedKeys.has(action.key) ? action : withhold(action, NOT_APPROVED),
		),
	};
}

/** Returns what the plan ID of all plans holds for: the instances of their credentials. */
function scopeOf(plans: Array<SelectablePlan<Action>>): PlanScope | undefined {
	const scopes = plans.flatMap(({ scope }) => scope ?? []);
	if (scopes.length === 0) return undefined;
	const instances = [...new Set(scopes.map(({ instance }) => instance))].sort();
	return { operation: scopes[0].operation, instance: instances.join(' ') };
}

/** Returns, for each plan, the rows of what was approved and is in none of the plans. */
function goneRows(
	plans: Array<SelectablePlan<Action>>,
	approved: Map<string, ClerkRecord>,
	known: Set<string | undefined>,
): ReportRow[][] {
	const rows: ReportRow[][] = plans.map(() => []);
	for (const [key, row] of approved) {
		if (known.has(key)) continue;
		const own = plans.findIndex(({ isOwn }) => isOwn?.(row));
		rows.at(own)!.push(goneRow(row));
	}
	return rows;
}

/** @param goneCount - undefined where the approved rows are not known */
const describeOtherPlan = (newCount: number, goneCount: number | undefined): string => {
	const differences =
		goneCount === undefined ? '' : `: ${newCount} new, ${goneCount} no longer due`;
	return `The plan is not the one that was approved${differences}`;
};

const withhold = <T extends Action>(action: T, reason: string): T => ({
	...skip(action, reason),
	isNotApproved: true,
});

type KeyedRow = ClerkRecord & { key: string };

/** Returns the rows that were due: a plan's skipped row says that nothing will be done. */
const rowsOf = (approval: Approval | undefined): KeyedRow[] =>
	(approval?.rows ?? []).filter(
		(row): row is KeyedRow =>
			typeof row.key === 'string' && (row.status ?? 'planned') === 'planned',
	);

/** Groups the rows that have one of the keys: of the many that all items share, a plan has few. */
function groupByKey(rows: KeyedRow[], keys: Set<string | undefined>): Map<string, KeyedRow[]> {
	const byKey = new Map<string, KeyedRow[]>();
	for (const row of rows) {
		if (!keys.has(row.key)) continue;
		const same = byKey.get(row.key);
		if (same) same.push(row);
		else byKey.set(row.key, [row]);
	}
	return byKey;
}

/** Columns that say what an action does; one that was changed is not what somebody approved. */
const MEANING = [
	'action',
	'target',
	'userId',
	'organizationId',
	'role',
	'previousRole',
	'heirId',
	'removed',
	'kind',
	'before',
	'after',
] as const;

/** Whether a row says of the action what the plan says. */
function isUnchanged(row: ClerkRecord, action: Action): boolean {
	const own: Record<string, unknown> = { ...action.columns, ...action };
	return MEANING.every((name) => row[name] === undefined || isSame(row[name], own[name] ?? null));
}

/** Returns a row that repeats what was approved: its text alone, since anybody may have changed it. */
function goneRow(row: ClerkRecord): ReportRow {
	const text = (name: string) => (typeof row[name] === 'string' ? row[name] : null);
	const columns = Object.fromEntries(
		[...COMMON_COLUMNS, 'role', 'userId', 'organizationId'].map((name) => [name, text(name)]),
	);
	return {
		action: text('action') ?? 'unknown',
		target: text('target') ?? '',
		status: 'skipped',
		reason: NO_LONGER_DUE,
		columns,
	};
}

/** Returns the error of a plan that is not the approved one. @param report - with its summary */
export const otherPlanError = (reason: string, report: OperationResult): IncompleteJobError =>
	new IncompleteJobError(`${reason}. Nothing was changed`, report.records, [
		'Have the new plan approved, or approve rows (Only These Rows).',
	]);
