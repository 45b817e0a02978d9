import type { IDataObject } from 'n8n-workflow';

import { isNotFound } from '../../engine/http/outcome';
import type { ApiRequest, OperationContext, OperationResult } from '../../engine/operation';
import { CancelledError } from '../../engine/rateLimit/cancellation';
import { describeError } from '../../engine/run/errors';
import { overQuota, quotaUses, toRateLimitError } from '../../engine/run/hourlyQuota';
import { IncompleteJobError } from '../../engine/run/incompleteJob';

/**
 * What the jobs share: read, plan, apply, report. A plan is plain data, so that a dry run can show it
 * and a test can judge it without a server. What is already so needs no action, so that an
 * interrupted job can simply be run again.
 */

/** One thing that a job would do. */
export interface Action {
	/** As the report names it, such as `ban`. */
	action: string;
	/** What it is done to: an id, an address, a key. */
	target: string;
	/** In the order of sending; none where it is skipped. */
	requests: ApiRequest[];
	/**
	 * Lists something only once the last of the requests was carried out: what a POST of which nobody
	 * knows the outcome is looked up by. Where it was not carried out, it is sent again.
	 */
	verifyWith?: ApiRequest;
	/** Its requests only say how things shall be, so that one of which nobody knows the outcome is sent again. */
	isIdempotent?: boolean;
	/** Why it is done, or why it is skipped. */
	reason: string;
	isSkipped?: boolean;
	/** Further columns of its row. */
	about?: IDataObject;
	/** The item of the input that asks for it. */
	item?: number;
	/** Actions of one lane keep their order; without it, those to the same target do. */
	orderKey?: string;
}

export type Status = 'done' | 'planned' | 'skipped' | 'failed';

/** The action of a row that tells of the others, and is none itself. */
export const SUMMARY = 'summary';

/** A row of a job's report. */
export interface Row {
	action: string;
	target: string;
	status: Status;
	reason: string;
	item?: number;
	about?: IDataObject;
}

/** What carrying out works with; where a limit's room is not told, it is found out by sending. */
type Applying = Pick<OperationContext, 'send' | 'forEachConcurrently'> &
	Partial<Pick<OperationContext, 'remainingFor'>>;

/**
 * Carries a plan out. What cannot be carried out is a row of its own, and the others go on. What an
 * hourly limit has no room for is not begun, lest it ends half done.
 *
 * @returns a row for each action, in the order of the plan
 * @throws CancelledError
 */
export async function apply(plan: Action[], tools: Applying, isDryRun: boolean): Promise<Row[]> {
	const rows = plan.map(rowOf);
	if (isDryRun) return rows.map(asDryRun);
	const meant = [...plan.keys()].filter((at) => !plan[at].isSkipped);
	const late = new Set<number>();
	for (const demand of quotaUses(meant, (at) => quotaOf(plan[at], tools))) {
		for (const at of overQuota(demand)) {
			rows[at] = { ...rows[at], ...toFailed(toRateLimitError(demand)) };
			late.add(at);
		}
	}
	await tools.forEachConcurrently(
		meant.filter((at) => !late.has(at)),
		async (at) => {
			rows[at] = { ...rows[at], ...(await outcomeOf(plan[at], tools)) };
		},
		(at) => plan[at].orderKey ?? plan[at].target,
	);
	return rows;
}

/** What a plan says of an action, before it is carried out. */
export const rowOf = ({ action, target, reason, isSkipped, item, about }: Action): Row => ({
	action,
	target,
	status: isSkipped ? 'skipped' : 'planned',
	reason,
	item,
	about,
});

/** The same in a dry run, which says so in every row. */
export const asDryRun = (row: Row): Row => ({ ...row, about: { ...row.about, dryRun: true } });

type Ending = Pick<Row, 'status' | 'reason'>;

/** The last request is the one that makes anew what those before it took away. */
const quotaOf = ({ requests }: Action, { remainingFor }: Applying) => {
	const last = requests.at(-1);
	return last && remainingFor?.(last);
};

const outcomeOf = async (action: Action, tools: Applying): Promise<Ending> =>
	await sendAll(action, tools).then(
		(): Ending => ({ status: 'done', reason: action.reason }),
		toFailed,
	);

function toFailed(error: unknown): Ending {
	if (error instanceof CancelledError) throw error;
	return { status: 'failed', reason: describeError(error) };
}

async function sendAll(action: Action, tools: Applying): Promise<void> {
	const { requests, verifyWith, isIdempotent } = action;
	// Clerk may have said meanwhile that others use the limit up.
	const room = requests.length > 1 ? quotaOf(action, tools) : undefined;
	if (room && room.requests < 1) throw toRateLimitError({ quota: room, calls: [action] });
	for (const [at, request] of requests.entries()) {
		const isLast = at === requests.length - 1;
		const sent = tools.send({
			...request,
			isIdempotent,
			verifyWith: isLast ? verifyWith : undefined,
		});
		await (request.method === 'DELETE' ? sent.catch(unlessGone) : sent);
	}
}

/** What is to be taken away and is gone already needs nothing. */
function unlessGone(error: unknown): void {
	if (!isNotFound(error)) throw error;
}

/** A report as items, each linked to the item that asked for it. */
export const toItems = (rows: Row[]): OperationResult => ({
	records: rows.map(({ action, target, status, reason, about }) => ({
		action,
		target,
		status,
		reason,
		...about,
	})),
	items: rows.map(({ item }) => item),
});

/**
 * The report as the job's output.
 *
 * @throws IncompleteJobError where an action was not carried out, so that n8n's error workflow runs
 */
export function finish(rows: Row[]): OperationResult {
	const performed = toItems(rows);
	const failed = rows.filter(({ status }) => status === 'failed');
	if (failed.length === 0) return performed;
	const actions = rows.filter(({ action }) => action !== SUMMARY);
	const count = (wanted: Status) => actions.filter(({ status }) => status === wanted).length;
	const of = `${failed.length} of ${actions.length} actions were not carried out`;
	throw new IncompleteJobError(`${of}: ${failed[0].reason}`, performed.records, [
		...failed.slice(0, 20).map(({ action, target, reason }) => `${action} ${target}: ${reason}.`),
		`Carried out: ${count('done')}, skipped: ${count('skipped')}. Run it again: what is already so is left as it is.`,
	]);
}

/** How many rows there are of each kind: an action, and where it was not done, what became of it. */
export function countKinds(rows: Row[]): Map<string, number> {
	const counts = new Map<string, number>();
	for (const { action, status } of rows) {
		const kind = status === 'skipped' || status === 'failed' ? `${action} ${status}` : action;
		counts.set(kind, (counts.get(kind) ?? 0) + 1);
	}
	return counts;
}

/** As a summary says it. */
export const describeCounts = (counts: Map<string, number>): string =>
	[...counts].map(([kind, count]) => `${kind}: ${count}`).join(', ') || 'nothing to do';
