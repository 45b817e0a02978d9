import type { IDataObject } from 'n8n-workflow';

import type { OperationResult } from '../../engine/operation';
import { IncompleteJobError } from '../../engine/run/incompleteJob';
import type { Action } from './actions';

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
	/** Further columns. */
	columns?: IDataObject;
	/** Why it failed, as thrown; not part of the output. */
	error?: unknown;
}

/** Returns the row of an action that was not sent yet. */
export const toReportRow = ({
	action,
	target,
	reason,
	isSkipped,
	item,
	columns,
}: Action): ReportRow => ({
	action,
	target,
	status: isSkipped ? 'skipped' : 'planned',
	reason,
	item,
	columns,
});

/** Returns the row with a column that says it is of a dry run. */
export const markDryRun = (row: ReportRow): ReportRow => ({
	...row,
	columns: { ...row.columns, dryRun: true },
});

/** Returns the report as records, each linked to the item that asked for it. */
export const toResult = (rows: ReportRow[]): OperationResult => ({
	records: rows.map(({ action, target, status, reason, columns }) => ({
		action,
		target,
		status,
		reason,
		...columns,
	})),
	itemIndexes: rows.map(({ item }) => item),
});

/**
 * Returns the report as the output of the job.
 *
 * @throws IncompleteJobError with the report if an action failed: the node fails, and n8n runs the
 * error workflow (docs/n8n-notes.md, 23)
 */
export function finish(rows: ReportRow[]): OperationResult {
	const result = toResult(rows);
	const failed = rows.filter(({ status }) => status === 'failed');
	if (failed.length === 0) return result;
	const actions = rows.filter(({ action }) => action !== SUMMARY);
	const count = (status: Status) => actions.filter((row) => row.status === status).length;
	const title = `${failed.length} of ${actions.length} actions were not carried out`;
	throw new IncompleteJobError(`${title}: ${failed[0].reason}`, result.records, [
		...failed.slice(0, 20).map(({ action, target, reason }) => `${action} ${target}: ${reason}.`),
		`Carried out: ${count('done')}, skipped: ${count('skipped')}. Run it again: what is already so is left as it is.`,
	]);
}

/** Returns the number of rows of each kind, such as `ban: 7, ban skipped: 1`, for a summary. */
export function describeCounts(rows: ReportRow[]): string {
	const counts = new Map<string, number>();
	for (const { action, status } of rows) {
		const kind = status === 'skipped' || status === 'failed' ? `${action} ${status}` : action;
		counts.set(kind, (counts.get(kind) ?? 0) + 1);
	}
	return [...counts].map(([kind, count]) => `${kind}: ${count}`).join(', ') || 'nothing to do';
}
