import type { IDataObject } from 'n8n-workflow';

import type { OperationContext } from '../../engine/operation';
import { describeCounts, SUMMARY } from '../shared/report';
import type { ReportRow } from '../shared/report';
import { checkSync } from './guards';
import type { OrganizationPlan, SyncAction, SyncOptions } from './model';

type ReportContext = Pick<OperationContext, 'remainingFor'>;

/**
 * Returns a summary of each organization, each followed by the rows of its actions.
 *
 * @param rows - of the actions of all plans, in their order
 */
export function report(
	plans: OrganizationPlan[],
	rows: ReportRow[],
	options: Pick<SyncOptions, 'allowEmptying' | 'bounds' | 'isDryRun'>,
	context: ReportContext,
): ReportRow[] {
	let start = 0;
	return plans.flatMap((plan) => {
		const own = rows.slice(start, (start += plan.actions.length));
		const reasonToStop = options.isDryRun ? checkSync(plan, options, [])?.message : undefined;
		const limit = invitationLimit(plan.actions, own, context);
		return [summarize(plan, own, options.isDryRun, limit, reasonToStop), ...own];
	});
}

/** Returns the name of the hourly limit for the invitations that were sent, or would be. */
function invitationLimit(
	actions: SyncAction[],
	rows: ReportRow[],
	{ remainingFor }: ReportContext,
): string | undefined {
	const invitation = actions.find(
		({ action }, index) => INVITING.includes(action) && SENT.includes(rows[index].status),
	);
	const request = invitation?.requests.at(-1);
	return request && remainingFor(request)?.limit.name;
}

const INVITING = ['invite', 'reinvite'];

const SENT: Array<ReportRow['status']> = ['done', 'planned'];

/** @param reasonToStop - why a guard would stop the run without Dry Run, if it would */
function summarize(
	{ state, wanted }: OrganizationPlan,
	rows: ReportRow[],
	isDryRun: boolean,
	limit?: string,
	reasonToStop?: string,
): ReportRow {
	const { id, slug, members } = state;
	const reason = [
		`${wanted.length} wanted, ${members.length} there`,
		describeCounts(rows),
		...(limit ? [`Clerk takes ${limit}`] : []),
		...(reasonToStop ? [`without Dry Run: ${reasonToStop}`] : []),
	].join('; ');
	const columns: IDataObject = {
		organizationId: id,
		slug,
		wanted: wanted.length,
		members: members.length,
		...(isDryRun && { dryRun: true }),
	};
	const [first] = wanted;
	return {
		action: SUMMARY,
		target: id,
		status: isDryRun ? 'planned' : 'done',
		reason,
		item: first?.item,
		columns,
	};
}
