import { RequestError } from '../http/outcome';
import type { RemainingQuota } from '../rateLimit/slidingWindow';

/** Limits that hold for an hour: what a run asks of them is known, and said, before anything is sent. */

const MINUTE_MS = 60_000;

/** Calls of a run that live on the same limit, in their order. */
export interface QuotaUse<T> {
	quota: RemainingQuota;
	calls: T[];
}

/** @param remainingFor - undefined for a call that lives on no such limit */
export function quotaUses<T>(
	calls: T[],
	remainingFor: (call: T) => RemainingQuota | undefined,
): Array<QuotaUse<T>> {
	const demands = new Map<string, QuotaUse<T>>();
	for (const call of calls) {
		const room = remainingFor(call);
		if (!room) continue;
		const demand = demands.get(room.countedBy);
		if (demand) demand.calls.push(call);
		else demands.set(room.countedBy, { quota: room, calls: [call] });
	}
	return [...demands.values()];
}

/** Those that would wait longer than the user is willing to. */
export const overQuota = <T>({ quota, calls }: QuotaUse<T>): T[] => calls.slice(quota.requests);

/** What becomes of these. */
export function toRateLimitError({ quota, calls }: QuotaUse<unknown>): RequestError {
	const { limit, until, requests: fitting } = quota;
	const needed = { calls: calls.length, fitting };
	return new RequestError({ kind: 'limited', limit, until, needed });
}

/** Whether somebody waits for so long that a person should know beforehand, or in vain. */
export const isWorthAHint = ({ quota, calls }: QuotaUse<unknown>): boolean =>
	calls.length > quota.requests || quota.waitOf(calls.length) > MINUTE_MS;

/** What a person should know beforehand. */
export function describeQuota({ quota, calls }: QuotaUse<{ indexes: number[] }>): string {
	const { limit, requests } = quota;
	const items = calls.reduce((sum, { indexes }) => sum + indexes.length, 0);
	const wait = quota.waitOf(calls.length);
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
