import type { IDataObject } from 'n8n-workflow';

import { describeFault } from '../engine/errors';
import type { ApiRequest, Performed, Send, Tools } from '../engine/operation';
import { isNotFound } from '../engine/outcome';
import { Cancelled } from '../engine/waiting';
import { Unfinished } from '../engine/report';

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
	check?: ApiRequest;
	/** Its requests only say how things shall be, so that one of which nobody knows the outcome is sent again. */
	isRepeatable?: boolean;
	/** Why it is done, or why it is skipped. */
	reason: string;
	isSkipped?: boolean;
	/** Further columns of its row. */
	about?: IDataObject;
	/** The item of the input that asks for it. */
	item?: number;
	/** Actions of one lane keep their order; without it, those to the same target do. */
	lane?: string;
}

export type Status = 'done' | 'planned' | 'skipped' | 'failed';

/** A row of a job's report. */
export interface Row {
	action: string;
	target: string;
	status: Status;
	reason: string;
	item?: number;
	about?: IDataObject;
}

/**
 * Carries a plan out. What cannot be carried out is a row of its own, and the others go on.
 *
 * @returns a row for each action, in the order of the plan
 * @throws Cancelled
 */
export async function apply(
	plan: Action[],
	{ send, together }: Pick<Tools, 'send' | 'together'>,
	isDryRun: boolean,
): Promise<Row[]> {
	const rows = plan.map(rowOf);
	if (isDryRun) return rows.map((row) => ({ ...row, about: { ...row.about, dryRun: true } }));
	await together(
		[...plan.keys()].filter((at) => !plan[at].isSkipped),
		async (at) => {
			rows[at] = { ...rows[at], ...(await outcomeOf(plan[at], send)) };
		},
		(at) => plan[at].lane ?? plan[at].target,
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

type Ending = Pick<Row, 'status' | 'reason'>;

const outcomeOf = async (action: Action, send: Send): Promise<Ending> =>
	await sendAll(action, send).then(
		(): Ending => ({ status: 'done', reason: action.reason }),
		asFailed,
	);

function asFailed(error: unknown): Ending {
	if (error instanceof Cancelled) throw error;
	return { status: 'failed', reason: describeFault(error) };
}

async function sendAll({ requests, check, isRepeatable }: Action, send: Send): Promise<void> {
	for (const [at, request] of requests.entries()) {
		const isLast = at === requests.length - 1;
		const sent = send({ ...request, isRepeatable, check: isLast ? check : undefined });
		await (request.method === 'DELETE' ? sent.catch(unlessGone) : sent);
	}
}

/** What is to be taken away and is gone already needs nothing. */
function unlessGone(error: unknown): void {
	if (!isNotFound(error)) throw error;
}

/** A report as items, each linked to the item that asked for it. */
export const toItems = (rows: Row[]): Performed => ({
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
 * @throws Unfinished where an action was not carried out, so that n8n's error workflow runs
 */
export function finish(rows: Row[]): Performed {
	const performed = toItems(rows);
	const failed = rows.filter(({ status }) => status === 'failed');
	if (failed.length === 0) return performed;
	const of = `${failed.length} of ${rows.length} actions were not carried out`;
	throw new Unfinished(`${of}: ${failed[0].reason}`, performed.records, [
		...failed.slice(0, 20).map(({ action, target, reason }) => `${action} ${target}: ${reason}.`),
		'All others were carried out. Run it again: what is already so is left as it is.',
	]);
}
