import type { ClerkRecord, Paging, QueryValue, Send } from '../engine/operation';
import { pages } from '../engine/paging';

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
