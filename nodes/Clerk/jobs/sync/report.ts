import type { IDataObject } from 'n8n-workflow';

import type { OperationContext } from '../../engine/operation';
import { countKinds, describeCounts, SUMMARY } from '../shared/actions';
import type { Row } from '../shared/actions';
import { objectionTo } from './guards';
import type { Plan, SyncAction } from './state';

/** What a sync says of each organization. */

/** Each organization's row, and then those of its actions. @param rows - of all plans, in their order */
export function report(
	plans: Plan[],
	rows: Row[],
	terms: Parameters<typeof objectionTo>[1] & { isDryRun: boolean },
	tools: Pick<OperationContext, 'remainingFor'>,
): Row[] {
	let at = 0;
	return plans.flatMap((plan) => {
		const own = rows.slice(at, (at += plan.actions.length));
		const stopped = terms.isDryRun ? objectionTo(plan, terms, [])?.message : undefined;
		const limit = limitOf(plan.actions, own, tools);
		return [summaryOf(plan, own, terms.isDryRun, limit, stopped), ...own];
	});
}

/** The hourly limit of the invitations that are sent, or would be. */
function limitOf(
	actions: SyncAction[],
	rows: Row[],
	{ remainingFor }: Pick<OperationContext, 'remainingFor'>,
): string | undefined {
	const sent = actions.find(
		({ action }, at) => INVITING.includes(action) && SENT.includes(rows[at].status),
	);
	const request = sent?.requests.at(-1);
	return request && remainingFor(request)?.limit.name;
}

const INVITING = ['invite', 'reinvite'];

const SENT: Row['status'][] = ['done', 'planned'];

function summaryOf(
	{ state, wanted }: Plan,
	rows: Row[],
	isDryRun: boolean,
	limit?: string,
	stopped?: string,
): Row {
	const { id, slug, members } = state;
	const reason = [
		`${wanted.length} wanted, ${members.length} there`,
		describeCounts(countKinds(rows)),
		...(limit ? [`Clerk takes ${limit}`] : []),
		...(stopped ? [`without Dry Run: ${stopped}`] : []),
	].join('; ');
	const about: IDataObject = {
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
		about,
	};
}
