import { pages } from '../../engine/http/pagination';
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
	const rows: ClerkRecord[] = [];
	for await (const page of pages(send, { method: 'GET', path, query }, paging, {})) {
		rows.push(...page.rows);
	}
	return rows;
}
