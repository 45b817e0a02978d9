import { RequestError } from '../http/outcome';
import type { RemainingQuota } from '../rateLimit/limit';

/** Hourly limits: how much of them a run uses is known, and said, before anything is sent. */

const MINUTE_MS = 60_000;

/** Calls of a run that count towards the same limit, in their order. */
export interface QuotaUse<T> {
	quota: RemainingQuota;
	calls: T[];
}

/** Groups calls by the hourly limit that they count towards. @param remainingFor - returns undefined for a call without one */
export function quotaUses<T>(
	calls: T[],
	remainingFor: (call: T) => RemainingQuota | undefined,
): Array<QuotaUse<T>> {
	const byLimit = new Map<string, QuotaUse<T>>();
	for (const call of calls) {
		const quota = remainingFor(call);
		if (!quota) continue;
		const use = byLimit.get(quota.countedBy);
		if (use) use.calls.push(call);
		else byLimit.set(quota.countedBy, { quota, calls: [call] });
	}
	return [...byLimit.values()];
}

/** Returns the calls that would wait for longer than Max Wait. */
export const overQuota = <T>({ quota, calls }: QuotaUse<T>): T[] => calls.slice(quota.requests);

/** Returns the error of the calls that are over the quota. */
export function toRateLimitError({ quota, calls }: QuotaUse<unknown>): RequestError {
	const { limit, until, requests: fitting } = quota;
	const needed = { calls: calls.length, fitting };
	return new RequestError({ kind: 'limited', limit, until, needed });
}

/** Whether some calls are over the quota, or wait for more than a minute. */
export const isWorthAHint = ({ quota, calls }: QuotaUse<unknown>): boolean =>
	calls.length > quota.requests || quota.waitOf(calls.length) > MINUTE_MS;

/** Returns a sentence on how many calls the run makes and how long the limit delays them. */
export function describeQuota({ quota, calls }: QuotaUse<{ indexes: number[] }>): string {
	const { limit, requests } = quota;
	const items = calls.reduce((sum, { indexes }) => sum + indexes.length, 0);
	const waitMs = quota.waitOf(calls.length);
	const ending =
		calls.length > requests
			? `${requests} of them can go within Max Wait`
			: waitMs > 0
				? `the last one waits for about ${duration(waitMs)}`
				: 'all of them can go now';
	return `${pluralize(items, 'item')} in ${pluralize(calls.length, 'call')}. Clerk allows ${limit.name}; ${ending}.`;
}

function duration(ms: number): string {
	const minutes = Math.ceil(ms / MINUTE_MS);
	return minutes < 120 ? pluralize(minutes, 'minute') : pluralize(Math.round(minutes / 60), 'hour');
}

const pluralize = (count: number, noun: string): string =>
	`${count} ${noun}${count === 1 ? '' : 's'}`;
