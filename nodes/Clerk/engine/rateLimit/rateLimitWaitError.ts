import { toIsoTime } from './clock';
import type { Limit } from './limit';

/** The limit would keep a request waiting longer than its `maxWaitMs`. */
export class RateLimitWaitError extends Error {
	/** @param until - Unix milliseconds from which the limit allows requests again */
	constructor(
		readonly limit: Limit,
		readonly until: number,
	) {
		super(`${limit.name} is used up until ${toIsoTime(until)}`);
	}
}
