import { RequestFailed } from '../http/outcome';
import type { Room } from '../rateLimit/slidingWindow';

/** Limits that hold for an hour: what a run asks of them is known, and said, before anything is sent. */

const MINUTE_MS = 60_000;

/** Calls of a run that live on the same limit, in their order. */
export interface Demand<T> {
	room: Room;
	calls: T[];
}

/** @param roomFor - undefined for a call that lives on no such limit */
export function demandsOf<T>(calls: T[], roomFor: (call: T) => Room | undefined): Array<Demand<T>> {
	const demands = new Map<string, Demand<T>>();
	for (const call of calls) {
		const room = roomFor(call);
		if (!room) continue;
		const demand = demands.get(room.countedBy);
		if (demand) demand.calls.push(call);
		else demands.set(room.countedBy, { room, calls: [call] });
	}
	return [...demands.values()];
}

/** Those that would wait longer than the user is willing to. */
export const beyond = <T>({ room, calls }: Demand<T>): T[] => calls.slice(room.requests);

/** What becomes of these. */
export function failureOf({ room, calls }: Demand<unknown>): RequestFailed {
	const { limit, until, requests: fitting } = room;
	const planned = { calls: calls.length, fitting };
	return new RequestFailed({ kind: 'limited', limit, until, planned });
}

/** Whether somebody waits for so long that a person should know beforehand, or in vain. */
export const isMuch = ({ room, calls }: Demand<unknown>): boolean =>
	calls.length > room.requests || room.waitOf(calls.length) > MINUTE_MS;

/** What a person should know beforehand. */
export function described({ room, calls }: Demand<{ indexes: number[] }>): string {
	const { limit, requests } = room;
	const items = calls.reduce((sum, { indexes }) => sum + indexes.length, 0);
	const wait = room.waitOf(calls.length);
	const ending =
		calls.length > requests
			? `${requests} of them can go within Max Wait`
			: wait > 0
				? `the last one waits for about ${duration(wait)}`
				: 'all of them can go now';
	return `${counted(items, 'item')} in ${counted(calls.length, 'call')}. Clerk allows ${limit.name}; ${ending}.`;
}

function duration(ms: number): string {
	const minutes = Math.ceil(ms / MINUTE_MS);
	return minutes < 120 ? counted(minutes, 'minute') : counted(Math.round(minutes / 60), 'hour');
}

const counted = (count: number, noun: string): string =>
	`${count} ${noun}${count === 1 ? '' : 's'}`;
