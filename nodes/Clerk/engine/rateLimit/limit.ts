/** One of Clerk's rate limits. */
export interface Limit {
	/** As in "100 requests in 10 seconds"; messages show it. */
	name: string;
	maxRequests: number;
	windowMs: number;
}

/** A limit that counts certain requests only, such as the updates of one user. */
export interface SpecificLimit {
	limit: Limit;
	/** Identifies what is counted, such as one user's updates. Requests with the same `countedBy` share the limit. */
	countedBy: string;
}

/** How many requests a specific limit still allows, as far as this process knows. */
export interface RemainingQuota extends SpecificLimit {
	/** Requests that can be sent before one has to wait longer than Max Wait; Infinity when none has to. */
	requests: number;
	/** Unix milliseconds from which the request after those can be sent. */
	until: number;
	/** Returns how long the last of `requests` would wait, in milliseconds. */
	waitOf(requests: number): number;
}
