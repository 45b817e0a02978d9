import { isUnavailable } from '../../engine/http/outcome';
import type { ClerkRecord } from '../../engine/operation';
import { chunks } from '../../engine/operation/values';
import { MAX_FILTER_VALUES } from '../../engine/request/longLists';
import { describeError } from '../../engine/run/errors';
import { apiKeysPaging, usersPaging } from '../../fields/paging';
import { readAll, readPage } from '../shared/readAll';
import type { ReadContext } from '../shared/readAll';

/** Returns the records of users by their ID; without those who are gone. @throws RequestError, CancelledError */
export async function readUsers(
	ids: string[],
	{ send, forEachConcurrently }: ReadContext,
): Promise<Map<string, ClerkRecord>> {
	const users = new Map<string, ClerkRecord>();
	await forEachConcurrently(chunks(ids, MAX_FILTER_VALUES), async (chunk) => {
		const query = { user_id: chunk.map((id) => `+${id}`), limit: MAX_FILTER_VALUES };
		const rows = await readPage(send, '/users', usersPaging, query);
		for (const user of rows) users.set(String(user.id), user);
	});
	return users;
}

/**
 * Returns the valid API keys of users, by their ID; a notice instead if Clerk does not list them for
 * this plan or key.
 *
 * @throws RequestError, CancelledError
 */
export async function readApiKeys(
	userIds: string[],
	{ send, forEachConcurrently }: ReadContext,
	notices: string[],
): Promise<Map<string, ClerkRecord[]>> {
	const keys = new Map<string, ClerkRecord[]>();
	const hidden: string[] = [];
	const reasons = new Set<string>();
	const readOf = async (subject: string) => {
		try {
			const rows = await readAll(send, '/api_keys', apiKeysPaging, { subject });
			const isValid = (row: ClerkRecord) =>
				row.subject === subject && row.revoked !== true && row.expired !== true;
			keys.set(subject, rows.filter(isValid));
		} catch (error) {
			if (!isUnavailable(error)) throw error as Error;
			hidden.push(subject);
			reasons.add(describeError(error));
		}
	};
	// The first one alone: where Clerk lists no keys, one request says so for all users.
	const [first, ...others] = userIds;
	if (first !== undefined) await readOf(first);
	if (hidden.length === 0) await forEachConcurrently(others, readOf);
	if (hidden.length > 0) {
		const whose = keys.size === 0 ? '' : ` of ${hidden.length} of ${userIds.length} people`;
		notices.push(`the API keys${whose} could not be read: ${[...reasons].join(', ')}`);
	}
	return keys;
}
