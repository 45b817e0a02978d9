import { describePerson } from '../shared/people';
import type { Person } from '../shared/people';
import { SUMMARY, toSentence } from '../shared/report';
import type { Layout, ReportRow } from '../shared/report';

export const KEY_REMOVAL_LAYOUT: Layout = {
	details: ['removed', 'missing'],
	ids: ['userId', 'organizationId'],
	isApprovable: true,
};

/** Columns that say which record it is; the name is that of an organization, too. */
export interface OwnerColumns extends Person {
	organization?: string | null;
	userId?: string;
	organizationId?: string;
}

/** Returns the last row of the report. @param note - why nothing is done */
export function summarize(
	rows: ReportRow[],
	target: string,
	about: OwnerColumns,
	status: ReportRow['status'],
	item: number,
	note?: string,
): ReportRow {
	const due = rows.filter((row) => row.status === 'planned' || row.status === 'done');
	const keys = due.flatMap(({ columns }) => (columns?.removed ?? []) as string[]);
	const what = keys.length > 0 ? `remove ${keys.join(', ')}` : 'nothing to remove';
	return {
		action: SUMMARY,
		target,
		status,
		reason: toSentence([`Metadata of ${describePerson(about, target)}: ${what}`, note]),
		item,
		columns: { ...about },
	};
}
