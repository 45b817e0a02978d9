import { RequestError } from '../http/outcome';
import type { RemainingQuota } from '../rateLimit/limit';

/** A run knows, and reports, how much of its hourly limits it uses before it sends anything. */

const MINUTE_MS = 60_000;

/** What counts towards the same limit, in its order: calls of a run, or actions of a job. */
export interface QuotaUse<T> {
	quota: RemainingQuota;
	counted: T[];
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
		if (use) use.counted.push(call);
		else byLimit.set(quota.countedBy, { quota, counted: [call] });
	}
	return [...byLimit.values()];
}

/** Returns the calls that would wait for longer than Max Wait. */
export const overQuota = <T>({ quota, counted }: QuotaUse<T>): T[] => counted.slice(quota.requests);

/** Returns the error of the calls that are over the quota. */
export function toRateLimitError({ quota, counted }: QuotaUse<unknown>): RequestError {
	const { limit, until, requests: fitting } = quota;
	const needed = { requests: counted.length, fitting };
	return new RequestError({ kind: 'limited', limit, until, needed });
}

/** Whether some calls are over the quota, or wait for more than a minute. */
export const isWorthAHint = ({ quota, counted }: QuotaUse<unknown>): boolean =>
	counted.length > quota.requests || quota.waitOf(counted.length) > MINUTE_MS;

/** Returns a sentence on how many calls the run makes and how long the limit delays them. */
export function describeQuota({ quota, counted }: QuotaUse<{ indexes: number[] }>): string {
	const { limit, requests } = quota;
	const items = counted.reduce((sum, { indexes }) => sum + indexes.length, 0);
	const waitMs = quota.waitOf(counted.length);
	const ending =
		counted.length > requests
			? `${requests} of them can be sent within 'Max Wait'`
			: waitMs > 0
				? `the last one waits for about ${duration(waitMs)}`
				: 'all of them can be sent now';
	return `${pluralize(items, 'item')} in ${pluralize(counted.length, 'call')}. Clerk allows ${limit.name}; ${ending}.`;
}

function duration(ms: number): string {
	const minutes = Math.ceil(ms / MINUTE_MS);
	return minutes < 120 ? pluralize(minutes, 'minute') : pluralize(Math.round(minutes / 60), 'hour');
}

const pluralize = (count: number, noun: string): string =>
	`${count} ${noun}${count === 1 ? '' : 's'}`;
