import type { IN8nHttpFullResponse } from 'n8n-workflow';

import type { ApiRequest, Method } from '../operation';
import { CancelledError } from '../rateLimit/cancellation';
import type { Limit } from '../rateLimit/limit';

/** The outcome of one attempt to send a request. */
export type Outcome =
	/** A response. `body`: parsed JSON, text when it is not JSON, undefined when it is empty. */
	| { kind: 'response'; status: number; body: unknown; retryAfterMs?: number }
	/** Never sent: the connection was refused, the host has no address, or its certificate was not accepted. */
	| { kind: 'notSent'; code: string }
	/** Sent, without a complete response. */
	| { kind: 'noResponse'; code: string }
	/** A response that is not the API's: a proxy's page, or incomplete JSON. */
	| { kind: 'invalidResponse'; status: number };

/** Why a request did not succeed. */
export type Failure =
	| (Outcome & { request: ApiRequest })
	/** Not sent: the access policy or the credential forbids it. `reason`: a sentence. */
	| { kind: 'forbidden'; reason: string }
	/**
	 * Not sent: `limit` is used up until `until` (Unix milliseconds). With `needed`: the run makes
	 * `needed.requests` requests, of which `needed.fitting` can be sent before then.
	 */
	| {
			kind: 'limited';
			limit: Limit;
			until: number;
			needed?: { requests: number; fitting: number };
	  };

/** A request that did not succeed. `run/errors` turns it into what users read. */
export class RequestError extends Error {
	/** Records of the list that had been read by then. */
	recordsRead = 0;

	constructor(readonly failure: Failure) {
		super(failure.kind);
	}

	/** The parameters that Clerk's errors name, as the API spells them. */
	get parameters(): string[] {
		if (this.failure.kind !== 'response') return [];
		return errorsOf(this.failure.body).flatMap(({ meta }) => meta?.param_name ?? []);
	}
}

/** Replaces the response to a DELETE that succeeded in an earlier attempt, whose response was lost. */
export class AlreadyDeleted {
	readonly deleted = true;
}

/** The execution was stopped while a write was on its way, which may have succeeded. */
export class CancelledInFlightError extends CancelledError {
	constructor(readonly request: ApiRequest) {
		super();
	}
}

/** A batch succeeded, but its response has no record for this item. */
export class MissingResultError extends Error {
	constructor(readonly request: ApiRequest) {
		super('The response has no record for this item');
	}
}

/** One entry of Clerk's `errors`. */
export interface ClerkError {
	message?: string;
	long_message?: string;
	code?: string;
	meta?: { param_name?: string };
}

/** Returns the errors in the body of a response; none when it is not one of Clerk's. */
export const errorsOf = (body: unknown): ClerkError[] => {
	const errors = (body as { errors?: unknown } | undefined)?.errors;
	return Array.isArray(errors)
		? errors.filter((entry) => entry instanceof Object).map(toError)
		: [];
};

/** Keeps what is text or a number: a proxy may send anything under these names. */
function toError({ message, long_message, code, meta }: Record<string, unknown>): ClerkError {
	const texts = Object.entries({ message, long_message, code }).filter(([, value]) =>
		isText(value),
	);
	const error: ClerkError = Object.fromEntries(texts.map(([name, value]) => [name, String(value)]));
	if (!(meta instanceof Object)) return error;
	const { param_name: parameter, ...others } = meta as Record<string, unknown>;
	return {
		...error,
		meta: isText(parameter) ? { ...others, param_name: String(parameter) } : others,
	};
}

const isText = (value: unknown): boolean => typeof value === 'string' || typeof value === 'number';

/** Whether Clerk has no such record. Not every 404 says so: a proxy's does not. */
export const isNotFound = (error: unknown): error is RequestError =>
	error instanceof RequestError && isNotFoundOutcome(error.failure);

/** As `isNotFound`, for an outcome. */
export const isNotFoundOutcome = (outcome: Outcome | Failure): boolean =>
	outcome.kind === 'response' &&
	outcome.status === 404 &&
	Array.isArray((outcome.body as { errors?: unknown } | undefined)?.errors);

/**
 * Whether Clerk does not provide what was requested: not in the plan, not for this key, or it does
 * not exist. A proxy's response with the same status does not count.
 */
export const isUnavailable = (error: unknown): boolean =>
	error instanceof RequestError &&
	error.failure.kind === 'response' &&
	[402, 403, 404].includes(error.failure.status) &&
	errorsOf(error.failure.body).some(({ code }) => code !== undefined && !/^\d*$/.test(code));

/** Whether Clerk rejected the request with this code. */
export const hasCode = (error: unknown, code: string): boolean =>
	error instanceof RequestError &&
	error.failure.kind === 'response' &&
	errorsOf(error.failure.body).some((one) => one.code === code);

/** Whether Clerk rejected the request for what it contains. */
export const isRejected = (error: unknown): boolean =>
	error instanceof RequestError &&
	error.failure.kind === 'response' &&
	[400, 404, 422].includes(error.failure.status);

/** Whether it is the fault of the server or the connection, not of the request. */
export const isServerError = (outcome: Outcome): boolean =>
	outcome.kind !== 'response' || outcome.status >= 500;

/**
 * Whether a POST may have succeeded. For other methods it does not matter: sending them twice has the
 * effect of once.
 */
export const isUncertain = (method: Method, outcome: Outcome): boolean =>
	method === 'POST' &&
	(outcome.kind === 'noResponse' ||
		outcome.kind === 'invalidResponse' ||
		(outcome.kind === 'response' && outcome.status >= 500));

/** As `isUncertain`, for a thrown error. */
export const isUncertainError = (error: unknown): boolean =>
	error instanceof RequestError &&
	'request' in error.failure &&
	isUncertain(error.failure.request.method, error.failure);

/**
 * Returns the outcome of a response that n8n returned, its body as text (docs/n8n-notes.md, 2).
 *
 * @param text - the body, without secrets
 * @param date - Unix milliseconds
 */
export function outcomeOf(
	{ statusCode: status, headers }: IN8nHttpFullResponse,
	text: string,
	request: ApiRequest,
	date: number,
): Outcome {
	const body = text === '' ? undefined : parseJson(text);
	const succeeded = status >= 200 && status < 300;
	const isIncomplete = body === UNPARSABLE || (body === undefined && request.method === 'GET');
	if (succeeded && isIncomplete && request.accept !== 'text') {
		return { kind: 'invalidResponse', status };
	}
	return {
		kind: 'response',
		status,
		body: body === UNPARSABLE ? text : body,
		retryAfterMs: retryAfterMs(headers, date),
	};
}

const UNPARSABLE = Symbol('unparsable');

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return UNPARSABLE;
	}
}

/**
 * Node's codes for a connection that was refused, a host without an address, and a certificate that was
 * not accepted. Other codes of TLS also come after the request was sent, when something on the way
 * breaks the connection (test/hostile/tls.test.ts).
 */
const NOT_SENT =
	/^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ERR_TLS_CERT_ALTNAME_INVALID|(CERT|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)_\w+)$/;

/** Node's codes that mean 'not sent' only while connecting. */
const NOT_SENT_WHILE_CONNECTING = /^(EHOSTUNREACH|ENETUNREACH)$/;

/**
 * Returns the outcome of an error that n8n threw: a NodeApiError that wraps axios's error, which wraps Node's.
 * Only the code is used, as axios's error holds the key (docs/n8n-notes.md, 8).
 */
export function outcomeOfThrown(error: unknown): Outcome {
	let code = 'UNKNOWN';
	let isConnecting = false;
	for (let cause = error; cause instanceof Object; cause = (cause as Error).cause) {
		const { code: found, syscall } = cause as { code?: unknown; syscall?: unknown };
		if (typeof found === 'string') code = found;
		isConnecting ||= syscall === 'connect';
	}
	const wasNotSent = NOT_SENT.test(code) || (isConnecting && NOT_SENT_WHILE_CONNECTING.test(code));
	return { kind: wasNotSent ? 'notSent' : 'noResponse', code };
}

/** A pause longer than this is capped: a mistake of a server must not stop the key for days. */
export const MAX_RETRY_AFTER_MS = 3_600_000;

/**
 * Returns the value of the `Retry-After` header in milliseconds, an hour at most; undefined when there is
 * none.
 *
 * Clerk sends seconds (https://clerk.com/docs/guides/how-clerk-works/system-limits); a proxy may send
 * a date (https://www.rfc-editor.org/rfc/rfc9110#name-retry-after), which is that of its own clock, as
 * the response's `Date` is.
 *
 * @param date - Unix milliseconds, for a response without `Date`
 */
export function retryAfterMs(headers: Record<string, unknown>, date: number): number | undefined {
	const header = headers['retry-after'];
	if (header === undefined || header === null || header === '') return undefined;
	const seconds = Number(header);
	const sentAt = Date.parse(String(headers.date));
	const ms = Number.isNaN(seconds)
		? Date.parse(String(header)) - (Number.isNaN(sentAt) ? date : sentAt)
		: seconds * 1000;
	return Number.isFinite(ms) ? Math.min(MAX_RETRY_AFTER_MS, Math.max(0, ms)) : undefined;
}
