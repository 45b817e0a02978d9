import { RequestError } from '../../engine/http/outcome';
import { normalizeListResponse } from '../../engine/http/pagination';
import { isListResponse, readList } from '../../engine/http/readList';
import type {
	ClerkRecord,
	OperationContext,
	Paging,
	QueryValue,
	Send,
} from '../../engine/operation';

/** Context of the functions that read. */
export type ReadContext = Pick<OperationContext, 'send' | 'forEachConcurrently'>;

/** Returns all rows of a list. @param path - encoded @throws RequestError */
export async function readAll(
	send: Send,
	path: string,
	paging: Paging,
	query?: Record<string, QueryValue>,
): Promise<ClerkRecord[]> {
	const request = { method: 'GET' as const, path, query };
	const { rows } = await readList(send, request, paging, (record) => record);
	return rows;
}

/**
 * Returns the rows of one page.
 *
 * @param path - encoded
 * @throws RequestError, also for a response that is no list: as an empty one, it would prove an absence
 */
export async function readPage(
	send: Send,
	path: string,
	paging: Paging,
	query: Record<string, QueryValue>,
): Promise<ClerkRecord[]> {
	const request = { method: 'GET' as const, path, query };
	const body = await send(request);
	if (!isListResponse(body, paging)) {
		throw new RequestError({ kind: 'invalidResponse', status: 200, request });
	}
	return normalizeListResponse(body).rows;
}
