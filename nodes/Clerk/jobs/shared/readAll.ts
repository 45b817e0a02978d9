import { readList } from '../../engine/http/readList';
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
