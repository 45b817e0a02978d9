import { describeSpared } from '../shared/exceptions';
import { describeNoMatch } from '../shared/inactivity';
import type { InactivityCriteria } from '../shared/inactivity';
import { describeCounts, SUMMARY, toSentence } from '../shared/report';
import type { Layout, ReportRow } from '../shared/report';
import type { CleanUpData } from './plan';

export const CLEAN_UP_LAYOUT: Layout = {
	details: ['inactiveDays', 'dueAt', 'lookedAt', 'chosen', 'allUsers', 'spared'],
	ids: ['userId'],
	isApprovable: true,
};

/**
 * Returns the last row of the report: how many users were read, selected and spared, and what was done.
 *
 * @param rows - of the actions
 * @param notes - what else to say: why the run stops
 * @param now - Unix milliseconds
 */
export function summarize(
	rows: ReportRow[],
	data: CleanUpData,
	criteria: InactivityCriteria,
	now: number,
	status: ReportRow['status'],
	notes: Array<string | undefined>,
): ReportRow {
	const { lookedAt, allUsers, candidates, spared, notices } = data;
	const chosen = candidates.length;
	const looked = `Looked at ${lookedAt} of ${allUsers} users, chose ${chosen}: ${describeCounts(rows)}`;
	const hasNone = chosen === 0 && rows.length === 0;
	return {
		action: SUMMARY,
		target: 'users',
		status,
		reason: toSentence([
			hasNone ? describeNoMatch(criteria, now) : looked,
			...describeSpared(spared),
			...notices,
			...notes,
		]),
		columns: {
			lookedAt,
			chosen,
			allUsers,
			...(spared.length > 0 && { spared: spared.map((row) => ({ ...row })) }),
		},
	};
}
