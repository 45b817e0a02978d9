import type { ClerkRecord, Send } from '../../engine/operation';
import { fillPath } from '../../engine/request/buildRequest';
import { paginatedPaging } from '../../fields/paging';
import type { Action } from './actions';
import { readAll } from './readAll';

/** Sessions that sign a user in, or are about to; Clerk lists ended ones as well. */
const OPEN = ['active', 'pending'];

/**
 * Returns a user's open sessions. Filtered here: the `status` filter has no value for pending sessions
 * (https://clerk.com/docs/reference/backend-api).
 *
 * @throws RequestError
 */
export async function readOpenSessions(send: Send, userId: string): Promise<ClerkRecord[]> {
	const all = await readAll(send, '/sessions', paginatedPaging, { user_id: userId });
	return all.filter(({ status }) => OPEN.includes(String(status)));
}

/** Returns an action for each session, which revokes it. */
export const planSessionRevocations = (sessions: ClerkRecord[]): Action[] =>
	sessions.map(({ id, status, user_id: userId }) => ({
		action: 'revokeSession',
		target: String(id),
		requests: [{ method: 'POST', path: fillPath('/sessions/{id}/revoke', { id }) }],
		isIdempotent: true,
		reason: `The session is ${String(status)}`,
		columns: { userId: String(userId) },
	}));
