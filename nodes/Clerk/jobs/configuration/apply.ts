import type { OperationContext } from '../../engine/operation';
import { CancelledError } from '../../engine/rateLimit/cancellation';
import { describeError } from '../../engine/run/errors';
import { skip } from '../shared/actions';
import { apply } from '../shared/apply';
import { readAll } from '../shared/readAll';
import { toReportRow } from '../shared/report';
import type { ReportRow } from '../shared/report';
import { KnownIds, MissingReferenceError } from './ids';
import type { ConfigurationAction, Ids, InstanceState, Kind } from './model';

const HELD_BACK = 'Held back after a failure. Correct that, and run it again';

/**
 * Carries out a plan, kind by kind: records that refer to others come after them, with the IDs those got.
 * Nothing is deleted if anything failed.
 *
 * @returns a row for each action, in their order
 * @throws CancelledError
 */
export async function applyConfiguration(
	actions: ConfigurationAction[],
	state: InstanceState,
	context: OperationContext,
): Promise<ReportRow[]> {
	const rows = actions.map(toReportRow);
	const ids = new KnownIds(state);
	for (const group of groupsOf(actions)) {
		const isDeletion = actions[group[0]].action === 'delete';
		if (isDeletion && rows.some(({ status }) => status === 'failed')) {
			for (const index of group) rows[index] = toReportRow(skip(actions[index], HELD_BACK));
			continue;
		}
		const ready: Array<{ index: number; action: ConfigurationAction }> = [];
		for (const index of group) {
			const action = withRequests(actions[index], ids);
			if (action instanceof Error) {
				rows[index] = { ...rows[index], ...failed(action) };
			} else {
				ready.push({ index, action });
			}
		}
		const done = await apply(
			ready.map(({ action }) => action),
			context,
		);
		done.forEach((row, at) => {
			rows[ready[at].index] = row;
		});
		const { recordKind: kind } = actions[group[0]];
		const hasNew = group.some(
			(index) => actions[index].action === 'create' && rows[index].status !== 'skipped',
		);
		if (hasNew && isReferredTo(kind, actions)) await readAgain(kind, ids, context);
	}
	return rows;
}

/** Returns the indexes of the due actions, in groups of one kind. */
function groupsOf(actions: ConfigurationAction[]): number[][] {
	const groups = new Map<string, number[]>();
	for (const [index, { recordKind, action, isSkipped }] of actions.entries()) {
		if (isSkipped) continue;
		const name = `${action === 'delete' ? 'delete' : 'write'} ${recordKind.name}`;
		const group = groups.get(name);
		if (group) group.push(index);
		else groups.set(name, [index]);
	}
	return [...groups.values()];
}

function withRequests(action: ConfigurationAction, ids: Ids): ConfigurationAction | Error {
	try {
		return { ...action, requests: action.write!(ids) };
	} catch (error) {
		if (error instanceof MissingReferenceError) return error;
		throw error as Error;
	}
}

const failed = (error: Error): Pick<ReportRow, 'status' | 'reason' | 'error'> => ({
	status: 'failed',
	reason: describeError(error),
	error,
});

const isReferredTo = ({ name }: Kind, actions: ConfigurationAction[]): boolean =>
	actions.some(
		({ recordKind, isSkipped }) =>
			!isSkipped && recordKind.fields.some(({ refersTo }) => refersTo === name),
	);

/** Without the IDs, the actions that need them fail, each with its row. */
async function readAgain(kind: Kind, ids: KnownIds, { send }: OperationContext): Promise<void> {
	try {
		ids.update(kind, await readAll(send, kind.path, kind.paging!));
	} catch (error) {
		if (error instanceof CancelledError) throw error as Error;
	}
}
