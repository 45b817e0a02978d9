import { describePerson } from '../shared/people';
import { describeCounts, SUMMARY, toSentence } from '../shared/report';
import type { Layout, ReportRow } from '../shared/report';
import type { Leaver } from './plan';

export const OFFBOARD_LAYOUT: Layout = {
	details: ['role', 'organizationName', 'invitedAddress', 'apiKeyName'],
	ids: ['userId', 'organizationId', 'heirId'],
	isApprovable: true,
};

/** Returns the last row of the report. @param note - why nothing is done */
export function summarize(
	rows: ReportRow[],
	{ id, name, emailAddress }: Leaver,
	status: ReportRow['status'],
	item: number,
	note?: string,
): ReportRow {
	const who = describePerson({ name, emailAddress }, id);
	return {
		action: SUMMARY,
		target: id,
		status,
		reason: toSentence([`Offboard ${who}: ${describeCounts(rows)}`, note]),
		item,
		columns: { name, emailAddress, userId: id },
	};
}
