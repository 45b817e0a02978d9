import type { ClerkRecord, OperationContext, OperationResult } from '../../engine/operation';
import { fillPath } from '../../engine/request/buildRequest';
import { skippedAction } from '../shared/actions';
import { apply } from '../shared/apply';
import { describePerson, personOf } from '../shared/people';
import { describeCounts, SUMMARY } from '../shared/report';
import type { Layout, ReportRow } from '../shared/report';
import { runPlan } from '../shared/runPlan';
import { withKeys } from '../shared/selection';
import { planSessionRevocations, readOpenSessions } from '../shared/sessions';

const LAYOUT: Layout = { details: [], ids: ['userId'], isApprovable: false };

/**
 * Revokes the open sessions of a user.
 *
 * @param itemIndex - index of the input item that asks for it
 * @throws IncompleteJobError if a session was not revoked; RequestError, CancelledError
 */
export async function revokeAllSessions(
	userId: string,
	{ itemIndex, isDryRun }: { itemIndex: number; isDryRun: boolean },
	context: OperationContext,
): Promise<OperationResult> {
	const path = fillPath('/users/{id}', { id: userId });
	const person = personOf((await context.send({ method: 'GET', path })) as ClerkRecord);
	const revocations = planSessionRevocations(await readOpenSessions(context.send, userId));
	const none = skippedAction('revokeSession', userId, 'The user has no open session');
	const columns = { ...person, userId };
	const plan = (revocations.length > 0 ? revocations : [none]).map((one) => ({
		...one,
		item: itemIndex,
		columns,
	}));
	const summarize = (rows: ReportRow[], status: ReportRow['status']): ReportRow => ({
		action: SUMMARY,
		target: userId,
		status,
		reason: `Sign out ${describePerson(person, userId)}: ${describeCounts(rows)}`,
		item: itemIndex,
		columns,
	});
	return await runPlan(
		{
			selection: withKeys(plan, undefined),
			layout: LAYOUT,
			mode: { isDryRun },
			report: (rows, status) => [...rows, summarize(rows, status)],
			apply,
		},
		context,
	);
}
