import { pages } from '../../engine/http/pagination';
import type { ClerkRecord, Paging, QueryValue, Send } from '../../engine/operation';

/** A list to its end. @param path - encoded */
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
