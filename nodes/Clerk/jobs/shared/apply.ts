import { isNotFound } from '../../engine/http/outcome';
import type { OperationContext } from '../../engine/operation';
import { CancelledError } from '../../engine/rateLimit/cancellation';
import { describeError } from '../../engine/run/errors';
import { overQuota, quotaUses, toRateLimitError } from '../../engine/run/hourlyQuota';
import type { Action } from './actions';
import { markDryRun, toReportRow } from './report';
import type { ReportRow } from './report';

type ApplyContext = Pick<OperationContext, 'send' | 'forEachConcurrently' | 'remainingFor'>;

/**
 * Sends the requests of a plan. A failed action becomes a row, and the others continue. Actions that
 * exceed an hourly limit fail before their first request, so that none is left half done.
 *
 * @returns a row for each action, in the order of the plan
 * @throws CancelledError
 */
export async function apply(
	plan: Action[],
	context: ApplyContext,
	isDryRun: boolean,
): Promise<ReportRow[]> {
	const rows = plan.map(toReportRow);
	if (isDryRun) return rows.map(markDryRun);
	const toApply = [...plan.keys()].filter((index) => !plan[index].isSkipped);
	const exceeding = new Set<number>();
	for (const use of quotaUses(toApply, (index) => quotaOf(plan[index], context))) {
		for (const index of overQuota(use)) {
			rows[index] = { ...rows[index], ...toFailure(toRateLimitError(use)) };
			exceeding.add(index);
		}
	}
	await context.forEachConcurrently(
		toApply.filter((index) => !exceeding.has(index)),
		async (index) => {
			rows[index] = { ...rows[index], ...(await applyAction(plan[index], context)) };
		},
		(index) => plan[index].orderKey ?? plan[index].target,
	);
	return rows;
}

type ActionResult = Pick<ReportRow, 'status' | 'reason' | 'error'>;

/** Only the last request counts towards a limit: it creates again what the ones before deleted. */
const quotaOf = ({ requests }: Action, { remainingFor }: ApplyContext) => {
	const last = requests.at(-1);
	return last && remainingFor(last);
};

const applyAction = async (action: Action, context: ApplyContext): Promise<ActionResult> =>
	await sendRequests(action, context).then(
		(): ActionResult => ({ status: 'done', reason: action.reason }),
		toFailure,
	);

function toFailure(error: unknown): ActionResult {
	if (error instanceof CancelledError) throw error;
	return { status: 'failed', reason: describeError(error), error };
}

async function sendRequests(action: Action, context: ApplyContext): Promise<void> {
	const { requests, verifyWith, isIdempotent } = action;
	// Read again: a 429 since the check in `apply` may have shown that others use up the limit.
	const quota = requests.length > 1 ? quotaOf(action, context) : undefined;
	if (quota && quota.requests < 1) throw toRateLimitError({ quota, counted: [action] });
	for (const [index, request] of requests.entries()) {
		const isLast = index === requests.length - 1;
		const sending = context.send({
			...request,
			isIdempotent,
			verifyWith: isLast ? verifyWith : undefined,
		});
		await (request.method === 'DELETE' ? sending.catch(ignoreNotFound) : sending);
	}
}

/** A record to delete that no longer exists is a success. */
function ignoreNotFound(error: unknown): void {
	if (!isNotFound(error)) throw error;
}
