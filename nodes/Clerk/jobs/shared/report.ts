import type { IDataObject } from 'n8n-workflow';

import type { OperationResult } from '../../engine/operation';
import { IncompleteJobError } from '../../engine/run/incompleteJob';
import type { Action } from './actions';

/** The reports of all jobs: the same columns in the same order in every row, the person first, the summary last. */

export type Status = 'done' | 'planned' | 'skipped' | 'failed';

/** The `action` of the row that sums up the others. */
export const SUMMARY = 'summary';

export interface ReportRow {
	action: string;
	target: string;
	status: Status;
	reason: string;
	/** Index of the input item that asked for it. */
	item?: number;
	/** Further columns: those of `COMMON_COLUMNS`, and those of the job. */
	columns?: IDataObject;
	/** What an approval selects it by; none for a row that is not due. */
	key?: string;
	/** Skipped because it was not approved. */
	isNotApproved?: boolean;
	/** Why it failed, as thrown; not part of the output. */
	error?: unknown;
}

/** The first columns of every row. */
export const COMMON_COLUMNS = [
	'action',
	'name',
	'emailAddress',
	'organization',
	'status',
	'reason',
] as const;

/** The last columns of the jobs whose plans can be approved. */
const PLAN_COLUMNS = ['key', 'planId', 'plannedAt', 'approvedBy'] as const;

/** The columns of a job between the common ones and the last. */
export interface Layout {
	/** What its actions need to be understood, and what its summary counts. */
	details: readonly string[];
	/** After `target`. */
	ids: readonly string[];
	/** Whether its plan can be approved. */
	isApprovable: boolean;
}

/** What all rows of a report have in common. */
export interface ReportContext {
	layout: Layout;
	isDryRun: boolean;
	/** Unix milliseconds. */
	plannedAt?: number;
	/** In the summary only. */
	planId?: string;
	approvedBy?: string;
}

/** Returns the names of all columns of a job, in their order. */
export const columnsOf = ({ details, ids, isApprovable }: Layout): string[] => [
	...COMMON_COLUMNS,
	...details,
	'target',
	...ids,
	...(isApprovable ? PLAN_COLUMNS : []),
	'dryRun',
];

/** Returns the row of an action that was not sent yet. */
export const toReportRow = (action: Action): ReportRow => ({
	action: action.action,
	target: action.target,
	status: action.isSkipped ? 'skipped' : 'planned',
	reason: action.reason,
	item: action.item,
	columns: action.columns,
	key: action.isSkipped ? undefined : action.key,
	isNotApproved: action.isNotApproved,
});

/** Returns the report as records, each linked to the item that asked for it; null where a row has no value. */
export function toResult(rows: ReportRow[], context: ReportContext): OperationResult {
	const columns = columnsOf(context.layout);
	const { isDryRun, approvedBy, planId, plannedAt } = context;
	const shared = {
		approvedBy,
		plannedAt: plannedAt === undefined ? undefined : new Date(plannedAt).toISOString(),
		dryRun: isDryRun,
	};
	return {
		records: rows.map((row) => {
			const { action, target, status, reason, key } = row;
			const own = { ...shared, ...row.columns, action, target, status, reason, key };
			const values: IDataObject = action === SUMMARY ? { ...own, planId } : own;
			return Object.fromEntries(columns.map((name) => [name, values[name] ?? null]));
		}),
		itemIndexes: rows.map(({ item }) => item),
	};
}

/**
 * Returns the report as the output of the job.
 *
 * @throws IncompleteJobError with the report if an action failed: the node fails, and n8n runs the
 * error workflow (docs/n8n-notes.md, 23)
 */
export function finish(rows: ReportRow[], context: ReportContext): OperationResult {
	const result = toResult(rows, context);
	const actions = rows.filter(({ action }) => action !== SUMMARY);
	const failed = actions.filter(({ status }) => status === 'failed');
	if (failed.length === 0) return result;
	const count = (status: Status) => actions.filter((row) => row.status === status).length;
	const title = `${failed.length} of ${actions.length} actions were not carried out`;
	throw new IncompleteJobError(`${title}: ${failed[0].reason}`, result.records, [
		...failed.slice(0, 20).map(({ action, target, reason }) => `${action} ${target}: ${reason}.`),
		`Carried out: ${count('done')}, skipped: ${count('skipped')}. Run it again: what already matches is left unchanged.`,
	]);
}

/** Returns the number of rows of each kind for a summary: `add 2, remove 7, skipped 1`. */
export function describeCounts(rows: ReportRow[]): string {
	const counts = new Map<string, number>();
	const kindOf = ({ action, status }: ReportRow) =>
		status === 'skipped' || status === 'failed' ? status : toWords(action);
	const order = (kind: string) => ['skipped', 'failed'].indexOf(kind);
	for (const row of rows) counts.set(kindOf(row), (counts.get(kindOf(row)) ?? 0) + 1);
	const kinds = [...counts].sort(([a], [b]) => order(a) - order(b));
	return kinds.map(([kind, count]) => `${kind} ${count}`).join(', ') || 'nothing to do';
}

/** `revokeApiKey` → `revoke api key` */
const toWords = (name: string): string =>
	name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** Returns parts as one sentence, with a capital letter and without a full stop. */
export function toSentence(parts: Array<string | undefined>): string {
	const text = parts.filter((part) => part !== undefined && part !== '').join('; ');
	return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
