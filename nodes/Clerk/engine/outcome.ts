import type { IN8nHttpFullResponse } from 'n8n-workflow';

import type { ApiRequest, Method } from './operation';
import { retryAfterMs } from './pacing';
import type { Limit } from './pacing';

/** What became of a request, and whether it may be sent again. */
export type Outcome =
	/** Clerk answered. `body`: the parsed JSON, the text where there is no JSON, undefined where there is nothing. */
	| { kind: 'answered'; status: number; body: unknown; retryAfterMs?: number }
	/** It never left: the connection was refused, or the name has no address. */
	| { kind: 'unreached'; code: string }
	/** It left, and no whole answer came. */
	| { kind: 'lost'; code: string }
	/** Something answered that is not the API: a proxy's page, or JSON cut short. */
	| { kind: 'unreadable'; status: number };

export type Failure =
	| (Outcome & { request: ApiRequest })
	/** Not sent: the access policy or the credential forbids it. `reason` is a sentence. */
	| { kind: 'refused'; reason: string }
	/** Not sent: `limit` is used up until `until` (Unix milliseconds). */
	| { kind: 'limited'; limit: Limit; until: number };

/** A request that did not succeed. `errors` turns it into what a person reads. */
export class RequestFailed extends Error {
	constructor(readonly failure: Failure) {
		super(failure.kind);
	}
}

/** Clerk knows no such record; another server's 404 says nothing about Clerk's records. */
export const isNotFound = (error: unknown): boolean =>
	error instanceof RequestFailed &&
	error.failure.kind === 'answered' &&
	error.failure.status === 404 &&
	Array.isArray((error.failure.body as { errors?: unknown } | undefined)?.errors);

export interface RetryPolicy {
	maxRetries: number;
	/** How many 429s one request takes before it gives up. */
	maxRejections: number;
	/** Milliseconds from the first fault after which nothing is repeated. */
	maxElapsedMs: number;
	/** Milliseconds before repetition `count` (from 0). */
	delayMs(count: number): number;
}

/** Exponential back-off from half a second to eight, each with jitter, so that callers spread out. */
export const standardRetries = (maxRetries: number): RetryPolicy => ({
	maxRetries,
	maxRejections: maxRetries * 4,
	maxElapsedMs: 120_000,
	delayMs: (count) => Math.min(8_000, 500 * 2 ** count) * (0.5 + Math.random() / 2),
});

/** For tests: the same decisions without the waiting. */
export const immediateRetries = (maxRetries: number): RetryPolicy => ({
	...standardRetries(maxRetries),
	delayMs: () => 0,
});

/** Whether a request with this outcome may be sent again; a 429 always may and is not asked about here. */
export function mayRepeat(method: Method, outcome: Outcome): boolean {
	// It was never sent, so it cannot be done twice.
	if (outcome.kind === 'unreached') return true;
	// The API has no idempotency keys: a POST that may have been carried out must not be repeated.
	if (method === 'POST') return false;
	// GET reads, PUT and DELETE set, and Clerk's PATCH sets or deep-merges: twice is the same as once.
	if (outcome.kind === 'lost' || outcome.kind === 'unreadable') return true;
	return outcome.status >= 500;
}

/** Whether nobody can say if the request was carried out. */
export const isUnknown = (method: Method, outcome: Outcome): boolean =>
	method === 'POST' &&
	(outcome.kind === 'lost' ||
		outcome.kind === 'unreadable' ||
		(outcome.kind === 'answered' && outcome.status >= 500));

/** What n8n's helper handed back, with `encoding: 'text'`. */
export function outcomeOf(
	response: IN8nHttpFullResponse,
	request: ApiRequest,
	now: number,
): Outcome {
	const { statusCode: status, headers } = response;
	const text = typeof response.body === 'string' ? response.body : '';
	const body = text === '' ? undefined : parsed(text);
	const succeeded = status >= 200 && status < 300;
	const isCutShort = body === UNPARSABLE || (body === undefined && request.method === 'GET');
	if (succeeded && isCutShort && request.accept !== 'text') return { kind: 'unreadable', status };
	return {
		kind: 'answered',
		status,
		body: body === UNPARSABLE ? text : body,
		retryAfterMs: retryAfterMs(headers['retry-after'], now),
	};
}

const UNPARSABLE = Symbol('unparsable');

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return UNPARSABLE;
	}
}

/** Codes of Node's that mean: there was no connection, or no agreed encryption, over which a request could have left. */
const NEVER_LEFT =
	/^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EPROTO|ERR_SSL_.*|ERR_TLS_.*|CERT_.*|DEPTH_ZERO_.*|SELF_SIGNED_.*|UNABLE_TO_.*)$/;

/** What n8n's helper threw: its own class around axios's, around Node's. Only the code is taken; the rest holds the key. */
export function outcomeOfThrown(error: unknown): Outcome {
	let code = 'UNKNOWN';
	for (let cause = error; cause instanceof Object; cause = (cause as Error).cause) {
		const found = (cause as { code?: unknown }).code;
		if (typeof found === 'string') code = found;
	}
	return { kind: NEVER_LEFT.test(code) ? 'unreached' : 'lost', code };
}
