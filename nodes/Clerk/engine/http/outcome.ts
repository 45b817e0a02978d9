import type { IN8nHttpFullResponse } from 'n8n-workflow';

import type { ApiRequest, Method } from '../operation';
import type { Limit } from '../rateLimit/slidingWindow';

/** What became of a request, and whether it may be sent again. */
export type Outcome =
	/** Clerk answered. `body`: the parsed JSON, the text where there is no JSON, undefined where there is nothing. */
	| { kind: 'response'; status: number; body: unknown; retryAfterMs?: number }
	/** It never left: the connection was refused, or the name has no address. */
	| { kind: 'notSent'; code: string }
	/** It left, and no whole answer came. */
	| { kind: 'noResponse'; code: string }
	/** Something answered that is not the API: a proxy's page, or JSON cut short. */
	| { kind: 'invalidResponse'; status: number };

export type Failure =
	| (Outcome & { request: ApiRequest })
	/** Not sent: the access policy or the credential forbids it. `reason` is a sentence. */
	| { kind: 'refused'; reason: string }
	/** Not sent: `limit` is used up until `until` (Unix milliseconds), or would be by then: by what is `needed`. */
	| { kind: 'limited'; limit: Limit; until: number; needed?: { calls: number; fitting: number } };

/** A request that did not succeed. `errors` turns it into what a person reads. */
export class RequestError extends Error {
	constructor(readonly failure: Failure) {
		super(failure.kind);
	}

	/** The fields that Clerk's refusal names, as it calls them. */
	get parameters(): string[] {
		if (this.failure.kind !== 'response') return [];
		return errorsOf(this.failure.body).flatMap(({ meta }) => meta?.param_name ?? []);
	}
}

/** Stands in for the answer to a DELETE that was carried out by a try whose own answer never came. */
export class AlreadyDeleted {
	readonly deleted = true;
}

/** A call that carried several items was carried out, and its answer lacks this one. */
export class MissingResultError extends Error {
	constructor(readonly request: ApiRequest) {
		super('not answered');
	}
}

/** One entry of Clerk's `errors`. */
export interface ClerkError {
	message?: string;
	long_message?: string;
	code?: string;
	meta?: { param_name?: string };
}

/** The entries of an answer in the form of Clerk's errors; none where another server answered. */
export const errorsOf = (body: unknown): ClerkError[] => {
	const errors = (body as { errors?: unknown } | undefined)?.errors;
	return Array.isArray(errors) ? errors.filter((entry) => entry instanceof Object) : [];
};

/** Clerk knows no such record; another server's 404 says nothing about Clerk's records. */
export const isNotFound = (error: unknown): error is RequestError =>
	error instanceof RequestError && isMissing(error.failure);

/** The same of an outcome. */
export const isMissing = (outcome: Outcome | Failure): boolean =>
	outcome.kind === 'response' &&
	outcome.status === 404 &&
	Array.isArray((outcome.body as { errors?: unknown } | undefined)?.errors);

/**
 * Clerk does not show what was asked for: not part of the plan, not for this key, or not there at
 * all. Whoever else answers so, such as a proxy, says nothing about Clerk.
 */
export const isClosed = (error: unknown): boolean =>
	error instanceof RequestError &&
	error.failure.kind === 'response' &&
	[402, 403, 404].includes(error.failure.status) &&
	errorsOf(error.failure.body).some(({ code }) => typeof code === 'string');

/** Clerk does not take what the request says. */
export const isRefused = (error: unknown): boolean =>
	error instanceof RequestError &&
	error.failure.kind === 'response' &&
	[400, 404, 422].includes(error.failure.status);

/** Whether nobody can say if the request was carried out. */
export const isUncertain = (method: Method, outcome: Outcome): boolean =>
	method === 'POST' &&
	(outcome.kind === 'noResponse' ||
		outcome.kind === 'invalidResponse' ||
		(outcome.kind === 'response' && outcome.status >= 500));

/** The same of what was thrown. */
export const isUncertainError = (error: unknown): boolean =>
	error instanceof RequestError &&
	'request' in error.failure &&
	isUncertain(error.failure.request.method, error.failure);

/** What n8n's helper handed back, with `encoding: 'text'`. @param text - its body, without secrets */
export function outcomeOf(
	{ statusCode: status, headers }: IN8nHttpFullResponse,
	text: string,
	request: ApiRequest,
	now: number,
): Outcome {
	const body = text === '' ? undefined : parsed(text);
	const succeeded = status >= 200 && status < 300;
	const isCutShort = body === UNPARSABLE || (body === undefined && request.method === 'GET');
	if (succeeded && isCutShort && request.accept !== 'text')
		return { kind: 'invalidResponse', status };
	return {
		kind: 'response',
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
const NOT_SENT =
	/^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EPROTO|ERR_SSL_(?!.*BAD_RECORD_MAC).*|ERR_TLS_.*|CERT_.*|DEPTH_ZERO_.*|SELF_SIGNED_.*|UNABLE_TO_.*)$/;

/** Those that mean it only where the connection was still being made. */
const NOT_SENT_WHILE_CONNECTING = /^(EHOSTUNREACH|ENETUNREACH)$/;

/** What n8n's helper threw: its own class around axios's, around Node's. Only the code is taken; the rest holds the key. */
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

/** How long to leave Clerk alone after a 429, in milliseconds: `Retry-After` in seconds or as a date. */
export function retryAfterMs(header: unknown, now: number): number | undefined {
	if (header === undefined || header === null || header === '') return undefined;
	const seconds = Number(header);
	const ms = Number.isNaN(seconds) ? Date.parse(String(header)) - now : seconds * 1000;
	return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}
