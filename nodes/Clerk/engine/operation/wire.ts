import type { IDataObject } from 'n8n-workflow';

/** What goes to Clerk and comes back, as the rest of the engine speaks of it. */

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
export type Route = `${Method} /${string}`;

/** A record as Clerk sends it: snake_case keys, times in Unix milliseconds. */
export type ClerkRecord = { readonly [key: string]: unknown };

/** One request, complete but for the API's address and the key. `path` is already encoded. */
export interface ApiRequest {
	method: Method;
	path: string;
	query?: Record<string, QueryValue>;
	/** Absent: no body is sent. `{}` is sent as `{}`. */
	body?: IDataObject;
	/** Where the answer is text; elsewhere text is taken for something that is not the API. */
	accept?: 'text';
	/** Asks for another version of the API than the one the node is made for. */
	apiVersion?: string;
	/** Of a POST that only says how things shall be: twice is the same as once. */
	isIdempotent?: boolean;
	/**
	 * Of a POST: what lists something only once it was carried out. Without it or `isIdempotent`, one of
	 * which nobody knows the outcome is not sent again.
	 */
	verifyWith?: ApiRequest;
}

/** Sends a request and gives Clerk's answer: parsed JSON, text, or undefined where there is no content. */
export type Send = (request: ApiRequest) => Promise<unknown>;

/** An array repeats its key on the wire: `email_address=a&email_address=b`. */
export type QueryValue = string | number | boolean | string[];
