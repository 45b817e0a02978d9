import { normalizeListResponse } from '../Clerk/engine/http/pagination';
import type { ClerkRecord, QueryValue, Send } from '../Clerk/engine/operation';
import type { Feed } from './feeds';

/** Clerk's largest page: https://clerk.com/docs/reference/backend-api */
export const PAGE_SIZE = 500;

/** Requests one page of a list, oldest first (`+`) or newest first (`-`). */
export async function readPage(
	send: Send,
	{ path, time, always }: Feed,
	direction: '+' | '-',
	{ offset = 0, ...query }: Record<string, QueryValue | undefined> & { offset?: number },
): Promise<ClerkRecord[]> {
	const order = { order_by: `${direction}${time}` };
	const position = offset > 0 ? { offset } : {};
	const response = await send({
		method: 'GET',
		path,
		query: { ...always, ...order, ...query, ...position } as Record<string, QueryValue>,
	});
	return normalizeListResponse(response).rows;
}
