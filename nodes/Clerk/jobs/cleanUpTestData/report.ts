import { describeSpared } from '../shared/exceptions';
import { toDateText } from '../shared/inactivity';
import { describeCounts, SUMMARY, toSentence } from '../shared/report';
import type { Layout, ReportRow } from '../shared/report';
import type { TestData } from './plan';

export const TEST_DATA_LAYOUT: Layout = {
	details: ['createdAt', 'allUsers', 'userCap', 'testUsers', 'unmatched', 'spared'],
	ids: ['userId', 'organizationId'],
	isApprovable: true,
};

/**
 * Returns the last row of the report: how full the instance is, and what was done.
 *
 * @param rows - of the actions
 * @param note - why nothing is done
 */
export function summarize(
	rows: ReportRow[],
	{ users, unmatched, allUsers, userCap, spared, youngSince }: TestData,
	status: ReportRow['status'],
	note?: string,
): ReportRow {
	const size = userCap === undefined ? `${allUsers}` : `${allUsers} of ${userCap}`;
	const listed = new Set(unmatched.map(({ id }) => id));
	const counted = rows.filter(({ target }) => !listed.has(target));
	return {
		action: SUMMARY,
		target: 'users',
		status,
		reason: toSentence([
			`${size} users, ${users.length} of them test users: ${describeCounts(counted)}`,
			unmatched.length > 0
				? `users created since ${toDateText(youngSince)} that match nothing: ${unmatched.length}`
				: undefined,
			...describeSpared(spared),
			note,
		]),
		columns: {
			allUsers,
			userCap: userCap ?? null,
			testUsers: users.length,
			unmatched: unmatched.length,
			...(spared.length > 0 && { spared: spared.map((row) => ({ ...row })) }),
		},
	};
}
