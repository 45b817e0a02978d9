import { RequestError } from '../../engine/http/outcome';
import type { ApiRequest, ClerkRecord, Send } from '../../engine/operation';
import { isObject } from '../../engine/operation/values';

/** Rejects responses that are not what Clerk documents: they prove no absence. */

/** Returns a `send` that rejects a response without a list. */
export const listsOnly =
	(send: Send): Send =>
	async (request) => {
		const body = await send(request);
		const hasList =
			Array.isArray(body) || (isObject(body) && Object.values(body).some(Array.isArray));
		if (!hasList) throw toInvalidResponse(request);
		return body;
	};

/** Returns the record in a response. @throws RequestError if it has none */
export function toRecord(body: unknown, path: string): ClerkRecord {
	if (isObject(body)) return body;
	throw toInvalidResponse({ method: 'GET', path });
}

const toInvalidResponse = (request: ApiRequest): RequestError =>
	new RequestError({ kind: 'invalidResponse', status: 200, request });
