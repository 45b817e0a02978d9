import type { IDataObject } from 'n8n-workflow';

import type { OperationResult } from '../../engine/operation';
import { simplify } from '../../engine/operation/view';
import { user as view } from '../../views/user';
import { readInactiveUsers } from '../shared/inactiveUsers';
import type { InactivityCriteria } from '../shared/inactivity';
import type { ReadContext } from '../shared/readAll';

/**
 * Lists inactive users, each with the days and the reason.
 *
 * @param limit - Infinity for all
 * @param now - Unix milliseconds
 * @throws RequestError, CancelledError
 */
export async function getInactive(
	criteria: InactivityCriteria,
	limit: number,
	context: ReadContext,
	now: number,
): Promise<OperationResult> {
	const records: IDataObject[] = [];
	for await (const { inactive } of readInactiveUsers(criteria, context, now)) {
		for (const { user, inactiveDays, reason } of inactive) {
			if (records.length === limit) return { records, isTruncated: true };
			records.push({ ...simplify(user, view), inactiveDays, reason });
		}
	}
	return { records };
}
