import type { ClerkRecord, Send } from '../../engine/operation';
import { fillPath } from '../../engine/request/buildRequest';
import { paginatedPaging } from '../../fields/paging';
import type { Action } from '../shared/actions';
import { readAll } from '../shared/readAll';

/** Those that sign a user in, or are about to; the others that Clerk lists are over. */
const OPEN = ['active', 'pending'];

/** A user's open sessions. Clerk's filter knows no pending ones, so it is not used. */
export async function readOpenSessions(send: Send, userId: string): Promise<ClerkRecord[]> {
	const all = await readAll(send, '/sessions', paginatedPaging, { user_id: userId });
	return all.filter(({ status }) => OPEN.includes(String(status)));
}

/** A revocation for each session. */
export const planSessions = (sessions: ClerkRecord[]): Action[] =>
	sessions.map(({ id, status, user_id: userId }) => ({
		action: 'revokeSession',
		target: String(id),
		requests: [{ method: 'POST', path: fillPath('/sessions/{id}/revoke', { id }) }],
		isIdempotent: true,
		reason: `The session is ${String(status)}`,
		about: { userId: String(userId) },
	}));

/** A row for whom there is nothing to do, so that their item does not get lost. */
export const nothingToDo = (action: string, target: string, reason: string): Action => ({
	action,
	target,
	requests: [],
	reason,
	isSkipped: true,
});
