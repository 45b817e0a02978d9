import { describeSpared } from '../shared/exceptions';
import { describeCounts, SUMMARY } from '../shared/report';
import type { ReportRow } from '../shared/report';
import type { CleanUpData } from './plan';

/**
 * Returns the first row of the report: how many users were read, selected and spared, and what was done.
 *
 * @param reasonToStop - why a guard stops the run, if it does
 */
export function summarize(
	rows: ReportRow[],
	{ lookedAt, allUsers, candidates, spared, notices }: CleanUpData,
	status: ReportRow['status'],
	reasonToStop?: string,
): ReportRow {
	const chosen = candidates.length;
	const reason = [
		`${lookedAt} of ${allUsers} users looked at, ${chosen} chosen`,
		describeCounts(rows),
		...describeSpared(spared),
		...notices,
		...(reasonToStop ? [reasonToStop] : []),
	].join('; ');
	return {
		action: SUMMARY,
		target: 'users',
		status,
		reason,
		columns: {
			lookedAt,
			chosen,
			allUsers,
			...(spared.length > 0 && { spared: spared.map((row) => ({ ...row })) }),
		},
	};
}
