import type { OperationResult } from '../../engine/operation';
import type { ReadContext } from '../shared/readAll';
import { toResult } from '../shared/report';
import { readReviewData } from './read';
import { report, REVIEW_LAYOUT } from './report';
import type { ReviewCriteria } from './review';

/**
 * Reports elevated members, organizations with too few admins, old invitations and API keys. Only reads.
 *
 * @param now - Unix milliseconds
 * @throws InvalidInputError, RequestError, CancelledError
 */
export async function reviewAccess(
	criteria: ReviewCriteria,
	context: ReadContext,
	now: number,
): Promise<OperationResult> {
	const rows = report(await readReviewData(criteria, context), criteria, now);
	return { records: toResult(rows, { layout: REVIEW_LAYOUT, isDryRun: false }).records };
}
