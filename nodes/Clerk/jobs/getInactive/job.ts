import type { IDataObject } from 'n8n-workflow';

import type { OperationResult } from '../../engine/operation';
import type { DateFormat } from '../../engine/operation/dates';
import { simplify } from '../../engine/operation/view';
import { user as view } from '../../views/user';
import { describeSpared, SparedCounts } from '../shared/exceptions';
import { readInactiveUsers } from '../shared/inactiveUsers';
import { describeNoMatch } from '../shared/inactivity';
import type { InactiveUser, InactivityCriteria } from '../shared/inactivity';
import type { ReadContext } from '../shared/readAll';
import { toSentence } from '../shared/report';

/**
 * Lists inactive users, each with the days and the reason. A hint says why none was found,
 * and how many users each exception spared, unless the limit ended the reading before all were seen.
 *
 * @param limit - of users; Infinity for all
 * @param now - Unix milliseconds
 * @throws RequestError, CancelledError
 */
export async function getInactive(
	criteria: InactivityCriteria,
	{ limit, dateFormat }: { limit: number; dateFormat?: DateFormat },
	context: ReadContext,
	now: number,
): Promise<OperationResult> {
	const records: IDataObject[] = [];
	const counts = new SparedCounts(criteria.exceptions);
	const keep = ({ user, inactiveDays, reason }: InactiveUser): IDataObject => ({
		...simplify(user, view, dateFormat),
		inactiveDays,
		reason,
	});
	const reading = { keep, isWhole: limit === Infinity };
	for await (const { inactive, spared } of readInactiveUsers(criteria, context, now, reading)) {
		for (const exceptions of spared) counts.add(exceptions);
		for (const record of inactive) {
			if (records.length === limit) return { records, isTruncated: true };
			records.push(record);
		}
	}
	const sentence = toSentence([
		records.length === 0 ? describeNoMatch(criteria, now) : undefined,
		...describeSpared(counts.rows()),
	]);
	return sentence === '' ? { records } : { records, hints: [`${sentence}.`] };
}
