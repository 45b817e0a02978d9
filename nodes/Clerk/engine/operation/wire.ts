import type { IDataObject } from 'n8n-workflow';

/** Requests to Clerk and records from it. */

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
export type Route = `${Method} /${string}`;

/** A record as Clerk sends it: snake_case keys, times in Unix milliseconds. */
export type ClerkRecord = { readonly [key: string]: unknown };

/** A request without the API's address and the key. `path` is already encoded. */
export interface ApiRequest {
	method: Method;
	path: string;
	query?: Record<string, QueryValue>;
	/** Without it no body is sent; `{}` is sent as `{}`. */
	body?: IDataObject;
	/** The response is text. Without it, text is an invalid response. */
	accept?: 'text';
	/** A version of the API other than the one the node is made for. */
	apiVersion?: string;
	/** A POST that can be sent twice with the effect of once, so that it may be retried. */
	isIdempotent?: boolean;
	/**
	 * A GET that finds something only if the POST succeeded. A POST with an unknown outcome is not
	 * retried without it or `isIdempotent`.
	 */
	verifyWith?: ApiRequest;
}

/**
 * Sends a request and returns Clerk's response: parsed JSON, text, or undefined where it has no content.
 * `stop` ends the request, its waits and its retries.
 */
export type Send = (request: ApiRequest, stop?: AbortSignal) => Promise<unknown>;

/** A value in the query. An array repeats its key: `email_address=a&email_address=b`. */
export type QueryValue = string | number | boolean | string[];
