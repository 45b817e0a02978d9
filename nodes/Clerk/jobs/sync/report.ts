import type { OperationContext } from '../../engine/operation';
import { wouldStop } from '../shared/guards';
import { describeCounts, SUMMARY, toSentence } from '../shared/report';
import type { Layout, ReportRow } from '../shared/report';
import { checkSync } from './guards';
import type { OrganizationPlan, SyncAction, SyncOptions, UnmatchedItem } from './model';

export const SYNC_LAYOUT: Layout = {
	details: ['role', 'previousRole', 'value', 'similarTo', 'wanted', 'members'],
	ids: ['userId', 'organizationId'],
	isApprovable: true,
};

/** What a report tells besides its actions. */
export interface SyncReport {
	plans: OrganizationPlan[];
	/** Only in a plan. */
	unmatched: UnmatchedItem[];
	/** Rows for what was approved and is no longer due. */
	noLongerDue: ReportRow[];
	/** Of the summaries. */
	status: 'planned' | 'done';
	/** Why nothing is done, besides guards. */
	note?: string;
}

/**
 * Returns the rows of the actions, and then a summary of each organization. The summary of all of them
 * is the last row.
 *
 * @param rows - of the actions of all plans, in their order
 */
export function report(
	rows: ReportRow[],
	{ plans, unmatched, noLongerDue, status, note }: SyncReport,
	options: Pick<SyncOptions, 'allowEmptying' | 'bounds'>,
	context: Pick<OperationContext, 'remainingFor'>,
): ReportRow[] {
	const isPlan = status === 'planned';
	let start = 0;
	const parts = plans.map((plan) => {
		const own = rows.slice(start, (start += plan.actions.length));
		const objection = isPlan ? checkSync(plan, options)?.sentence : undefined;
		return { plan, own, objection, limit: limitNote(plan.actions, own, context) };
	});
	const failures = unmatched.map(toFailedRow);
	const refused =
		failures.length > 0 ? `${failures.length} of the items cannot be matched` : undefined;
	const all = [...rows, ...failures, ...noLongerDue];
	const objections = wouldStop(refused, ...parts.map(({ objection }) => objection));
	const limits = new Set(parts.map(({ limit }) => limit));
	const ofOne = parts.length > 1 ? parts : [];
	return [
		...all,
		...ofOne.map(({ plan, own, objection, limit }) =>
			summarize([plan], own, status, [wouldStop(objection), limit]),
		),
		summarize(plans, all, status, [note, objections, ...limits]),
	];
}

/** Returns the hourly limit for the invitations that were sent, or would be. */
function limitNote(
	actions: SyncAction[],
	rows: ReportRow[],
	{ remainingFor }: Pick<OperationContext, 'remainingFor'>,
): string | undefined {
	const invitation = actions.find(
		({ action }, index) => INVITING.includes(action) && SENT.includes(rows[index].status),
	);
	const request = invitation?.requests.at(-1);
	const limit = request && remainingFor(request)?.limit.name;
	return limit && `Clerk takes ${limit}`;
}

const INVITING = ['invite', 'reinvite'];

const SENT: Array<ReportRow['status']> = ['done', 'planned'];

function toFailedRow({ item, error, given, organization }: UnmatchedItem): ReportRow {
	const value = given?.value ?? null;
	return {
		action: 'match',
		target: given ? String(given.value) : error.label,
		status: 'failed',
		reason: error.message,
		item,
		columns: {
			emailAddress: String(value).includes('@') ? value : null,
			organization: organization?.slug ?? given?.organization,
			organizationId: organization?.id,
			value,
			role: given?.role,
		},
	};
}

/** @param plans - of one organization, or of all of them */
function summarize(
	plans: OrganizationPlan[],
	rows: ReportRow[],
	status: SyncReport['status'],
	notes: Array<string | undefined>,
): ReportRow {
	const count = (of: (plan: OrganizationPlan) => unknown[]) =>
		plans.reduce((sum, plan) => sum + of(plan).length, 0);
	const wanted = count((plan) => plan.wanted);
	const members = count((plan) => plan.state.members);
	const only = plans.length === 1 ? plans[0] : undefined;
	const where = only ? '' : ` in ${plans.length} organizations`;
	const before = status === 'planned' ? 'currently' : 'previously';
	const counts = `Wanted ${wanted}, ${before} ${members} members${where}: ${describeCounts(rows)}`;
	return {
		action: SUMMARY,
		target: only ? only.state.id : 'organizations',
		status,
		reason: toSentence([counts, ...notes]),
		item: only?.wanted[0]?.item,
		columns: {
			organization: only ? only.state.slug || null : null,
			organizationId: only?.state.id,
			wanted,
			members,
		},
	};
}
