import { RequestError } from '../../engine/http/outcome';
import type { ClerkRecord } from '../../engine/operation';
import { isObject } from '../../engine/operation/values';

/** Rejects responses that are not what Clerk documents: they prove no absence. */

/** Returns the record in a response. @throws RequestError if it has none */
export function toRecord(body: unknown, path: string): ClerkRecord {
	if (isObject(body)) return body;
	const request = { method: 'GET' as const, path };
	throw new RequestError({ kind: 'invalidResponse', status: 200, request });
}
