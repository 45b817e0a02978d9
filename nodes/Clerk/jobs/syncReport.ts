import type { IDataObject } from 'n8n-workflow';

import { limits } from '../resources/limits';
import { countKinds, described, SUMMARY } from './plan';
import type { Row } from './plan';
import { objectionTo } from './syncGuards';
import type { Plan } from './syncState';

/** What a sync says of each organization. */

/** Each organization's row, and then those of its actions. @param rows - of all plans, in their order */
export function report(
	plans: Plan[],
	rows: Row[],
	terms: Parameters<typeof objectionTo>[1] & { isDryRun: boolean },
): Row[] {
	let at = 0;
	return plans.flatMap((plan) => {
		const own = rows.slice(at, (at += plan.actions.length));
		const stopped = terms.isDryRun ? objectionTo(plan, terms, [])?.message : undefined;
		return [summaryOf(plan, own, terms.isDryRun, stopped), ...own];
	});
}

function summaryOf({ state, wanted }: Plan, rows: Row[], isDryRun: boolean, stopped?: string): Row {
	const counts = countKinds(rows);
	const { id, slug, members } = state;
	const isInviting = counts.has('invite') || counts.has('reinvite');
	const reason = [
		`${wanted.length} wanted, ${members.length} there`,
		described(counts),
		...(isInviting ? [`Clerk takes ${INVITATIONS_AN_HOUR} invitations an hour`] : []),
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

const INVITATIONS_AN_HOUR =
	limits.ofRequest('POST', '/organizations/x/invitations')?.limit.budget ?? 0;
