import { createHash } from 'node:crypto';

import { InvalidInputError } from '../../engine/operation';
import type { ClerkRecord, OperationResult, Send } from '../../engine/operation';
import { isObject, isSame } from '../../engine/operation/values';
import { IncompleteJobError } from '../../engine/run/incompleteJob';
import { isUnavailable } from '../../engine/http/outcome';
import { skip } from './actions';
import type { Action } from './actions';
import { COMMON_COLUMNS, SUMMARY } from './report';
import type { ReportRow } from './report';

/**
 * The approval of a plan. A key names what an action does, in none of its words, so a plan that is made
 * again has the keys of the first one where it does the same. An approved row only selects an action of
 * the new plan: what the action does, the job decides.
 */

export interface Approval {
	/** The plan that was approved as a whole; undefined if rows were. */
	planId?: string;
	/** The rows that were approved; with a plan, those of its report, to show the differences. */
	rows: ClerkRecord[];
	approvedBy: string;
}

/** What the keys of a plan hold for: one operation, in one instance of Clerk. */
export interface PlanScope {
	operation: string;
	instance: string;
}

const HOUR_MS = 3_600_000;

/** A plan's time may be ahead of the clock by so much. */
const CLOCK_TOLERANCE_MS = 300_000;

/**
 * Reads an approval from the values of the form (`fields/runMode.ts`).
 *
 * @returns the approval once the time is known, in Unix milliseconds; throws InvalidInputError for one
 * that is over
 * @throws InvalidInputError for anything else, so that no item is carried out before all are checked
 */
export function readApproval(values: Record<string, unknown>): (now: number) => Approval {
	const approvedBy = String(values.approvedBy ?? '').trim();
	if (approvedBy === '') throw new InvalidInputError('Approved By', 'is empty');
	if (values.approvalValidFor === undefined) {
		throw new InvalidInputError('Approval Valid For (Hours)', 'is empty');
	}
	const hours = Number(values.approvalValidFor);
	const isPlan = values.approved !== 'rows';
	const rows = readRows(values.approvedRows, isPlan);
	const planId = isPlan ? readPlanId(values) : undefined;
	const times = new Set(isPlan ? [Number(values.plannedAt)] : rows.map(timeOf));
	return (now) => {
		for (const time of times) rejectIfOver(time, hours, now);
		return { ...(isPlan && { planId }), rows, approvedBy };
	};
}

function readPlanId({ planId: given, plannedAt }: Record<string, unknown>): string {
	const planId = String(given ?? '').trim();
	if (!/^[\da-f]{64}$/.test(planId)) {
		throw new InvalidInputError('Plan ID', 'is not that of a plan: map planId of its summary row');
	}
	if (plannedAt === undefined) throw new InvalidInputError('Planned At', 'is empty');
	return planId;
}

function readRows(given: unknown, isOptional: boolean): ClerkRecord[] {
	if (given === undefined && isOptional) return [];
	if (given === undefined) throw new InvalidInputError('Approved Rows', 'is empty');
	if (!Array.isArray(given) || !given.every(isObject)) {
		throw new InvalidInputError('Approved Rows', 'needs a list of rows of a plan');
	}
	return given.filter(({ action }) => action !== SUMMARY);
}

/** @throws InvalidInputError for a row without its plan's time */
function timeOf({ plannedAt }: ClerkRecord): number {
	const time = Date.parse(String(plannedAt));
	if (!Number.isNaN(time)) return time;
	throw new InvalidInputError('Approved Rows', 'needs rows of a plan, each with its plannedAt');
}

/** @throws InvalidInputError for a plan that is too old, or of the future */
function rejectIfOver(plannedAt: number, hours: number, now: number): void {
	const age = now - plannedAt;
	const since = new Date(plannedAt).toISOString();
	if (age < -CLOCK_TOLERANCE_MS) {
		throw new InvalidInputError('Planned At', `is in the future: the plan is of ${since}`);
	}
	if (age <= hours * HOUR_MS) return;
	const reason = `is over: the plan is of ${since}, ${Math.floor(age / HOUR_MS)} hours ago. Make a new plan`;
	throw new InvalidInputError('Approval Valid For (Hours)', reason);
}

/** Returns the ID of the instance that the key belongs to; empty if Clerk does not tell it. @throws RequestError */
export const readInstanceId = async (send: Send): Promise<string> =>
	await send({ method: 'GET', path: '/instance' }).then(
		(instance) => String((instance as ClerkRecord | null)?.id ?? ''),
		(error: unknown) => {
			if (isUnavailable(error)) return '';
			throw error as Error;
		},
	);

const hash = (value: unknown): string =>
	createHash('sha256')
		.update(JSON.stringify(canonical(value)))
		.digest('hex');

/** Returns the value with the keys of its objects in one order. */
function canonical(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(canonical);
	if (!isObject(value)) return value;
	const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
	return Object.fromEntries(entries.map(([key, inner]) => [key, canonical(inner)]));
}

/** Returns the key of an action: its name, target, organization, role and metadata, in this scope. */
export const keyOf = ({ operation, instance }: PlanScope, action: Action): string =>
	hash([operation, instance, action.action, action.target, action.effect ?? null]);

/** Returns the ID of a plan: of its due actions, in any order. */
export const planIdOf = ({ operation, instance }: PlanScope, actions: Action[]): string =>
	hash([operation, instance, actions.flatMap((one) => (one.isSkipped ? [] : one.key)).sort()]);

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
	const keyed = actions.map((action) => ({ ...action, key: keyOf(scope, action) }));
	return { actions: keyed, planId: planIdOf(scope, keyed), noLongerDue: [] };
}

const NOT_APPROVED = 'Not approved';

const NO_LONGER_DUE = 'No longer due';

/**
 * Skips what was not approved. An approval never adds an action.
 *
 * @param concerns - whether an approved row is about this plan, where others share the approval
 */
export function selectApproved<T extends Action>(
	actions: T[],
	approval: Approval | undefined,
	scope: PlanScope | undefined,
	concerns: (row: ClerkRecord) => boolean = () => true,
): Selection<T> {
	const keyed = withKeys(actions, scope);
	if (!approval) return keyed;
	const approved = approvedByKey(approval.rows.filter(concerns));
	const known = new Set(keyed.actions.map(({ key }) => key));
	const noLongerDue = [...approved].flatMap(([key, [row]]) => (known.has(key) ? [] : goneRow(row)));
	if (approval.planId === undefined) {
		const isApproved = (action: T) =>
			(approved.get(action.key!) ?? []).some((row) => isUnchanged(row, action));
		return {
			...keyed,
			noLongerDue,
			actions: keyed.actions.map((action) =>
				action.isSkipped || isApproved(action) ? action : withhold(action, NOT_APPROVED),
			),
		};
	}
	if (approval.planId === keyed.planId) return keyed;
	const isNew = ({ key }: T) => approved.size > 0 && !approved.has(key!);
	const added = keyed.actions.filter((action) => !action.isSkipped && isNew(action)).length;
	const differences =
		approved.size > 0 ? `: ${added} new, ${noLongerDue.length} no longer due` : '';
	return {
		...keyed,
		noLongerDue,
		otherPlan: `The plan is not the one that was approved${differences}`,
		actions: keyed.actions.map((action) => {
			if (action.isSkipped) return action;
			return withhold(action, isNew(action) ? 'Not in the approved plan' : 'The plan has changed');
		}),
	};
}

const withhold = <T extends Action>(action: T, reason: string): T => ({
	...skip(action, reason),
	isNotApproved: true,
});

/** Only rows that were due: a plan's skipped row says that nothing will be done. */
function approvedByKey(rows: ClerkRecord[]): Map<string, ClerkRecord[]> {
	const byKey = new Map<string, ClerkRecord[]>();
	for (const row of rows) {
		if (typeof row.key !== 'string' || (row.status ?? 'planned') !== 'planned') continue;
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
