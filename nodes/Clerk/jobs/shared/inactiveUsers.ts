import { normalizeListResponse, pages } from '../../engine/http/pagination';
import type { ApiRequest, ClerkRecord, QueryValue, Send } from '../../engine/operation';
import { usersPaging } from '../../fields/paging';
import { checkInactivity, DAY_MS } from './inactivity';
import type { InactiveUser, InactivityCriteria } from './inactivity';
import { membersAmong, outsideAllOrganizations } from './organizations';
import type { ReadContext } from './readAll';

/** Reads inactive users, with as many of the criteria as Clerk has filters for. */

type Query = Record<string, QueryValue>;

export interface UserPage {
	/** All users of the page. */
	users: ClerkRecord[];
	/** Those of them that meet the criteria; each user is in one page only. */
	inactive: InactiveUser[];
	/** Those that would meet the criteria without the exceptions; each user is in one page only. */
	spared: InactiveUser[];
}

/**
 * Reads the users that may be inactive and checks each, page by page.
 *
 * @param now - Unix milliseconds
 * @param isUnfiltered - reads the inactive users that the other criteria's filters would leave out, too
 * @throws RequestError, CancelledError
 */
export async function* readInactiveUsers(
	criteria: InactivityCriteria,
	context: ReadContext,
	now: number,
	isUnfiltered = false,
): AsyncGenerator<UserPage> {
	const { send } = context;
	const yielded = new Set<unknown>();
	const filters = isUnfiltered ? {} : await filtersFor(criteria, send);
	for await (const users of readPages(filters, criteria, send, now)) {
		const matching = users.flatMap((user) => checkInactivity(user, criteria, now) ?? []);
		const unseen = matching.filter(({ user }) => !yielded.has(user.id));
		const members = criteria.withoutOrganization
			? await membersAmong(unseen.map(userIdOf), context)
			: new Set<string>();
		const found = unseen.filter((one) => !members.has(userIdOf(one)));
		for (const { user } of found) yielded.add(user.id);
		const isSpared = ({ sparedBy }: InactiveUser) => sparedBy.length > 0;
		const inactive = found.filter((one) => !isSpared(one));
		yield { users, inactive, spared: found.filter(isSpared) };
	}
}

const userIdOf = ({ user }: InactiveUser): string => String(user.id);

/** Returns the filters that apply to users with and without any activity. */
async function filtersFor(criteria: InactivityCriteria, send: Send): Promise<Query> {
	const outside = criteria.withoutOrganization ? await outsideAllOrganizations(send) : [];
	return {
		...(Number.isFinite(criteria.createdBefore) && { created_at_before: criteria.createdBefore }),
		...(!criteria.includeBanned && { banned: false }),
		...(outside.length > 0 && { organization_id: outside }),
	};
}

async function* readPages(
	filters: Query,
	{ activityField, before, neverActive, createdBefore }: InactivityCriteria,
	send: Send,
	now: number,
): AsyncGenerator<ClerkRecord[]> {
	if (neverActive !== 'only')
		yield* readUsers({ ...filters, [`${activityField}_before`]: before }, send);
	if (neverActive === 'leaveOut') return;
	const created_at_before = Math.min(before, createdBefore);
	yield* readNeverActive({ ...filters, created_at_before }, activityField, send, now);
}

/** Reads users by cursor, a page at a time. @throws RequestError, CancelledError */
export async function* readUsers(query: Query, send: Send): AsyncGenerator<ClerkRecord[]> {
	for await (const { rows } of pages(send, usersRequest(query), usersPaging, {})) yield rows;
}

const usersRequest = (query: Query): ApiRequest => ({ method: 'GET', path: '/users', query });

/**
 * Reads the users without any activity. No filter finds them: their last activity is neither before nor
 * after any time. So they are counted, as all users less those with an activity. If there are none,
 * nothing is read. If a page takes them all, they are at one end of the order by last activity.
 * Otherwise all users are read until the last of them was found.
 */
async function* readNeverActive(
	query: Query,
	activityField: InactivityCriteria['activityField'],
	send: Send,
	now: number,
): AsyncGenerator<ClerkRecord[]> {
	const [all, active] = await Promise.all([
		countUsers(query, send),
		countUsers({ ...query, [`${activityField}_before`]: now + 365 * DAY_MS }, send),
	]);
	const expected = all - active;
	if (expected <= 0) return;
	if (expected <= usersPaging.pageSize) {
		const lastPage = { ...query, order_by: `-${activityField}`, limit: usersPaging.pageSize };
		const { rows } = normalizeListResponse(await send(usersRequest(lastPage)));
		if (countNeverActive(rows, activityField) >= expected) {
			yield rows;
			return;
		}
	}
	let found = 0;
	for await (const rows of readUsers(query, send)) {
		yield rows;
		found += countNeverActive(rows, activityField);
		if (found >= expected) return;
	}
}

const countNeverActive = (
	users: ClerkRecord[],
	activityField: InactivityCriteria['activityField'],
): number => users.filter((user) => typeof user[activityField] !== 'number').length;

/** Returns how many users the query selects. @throws RequestError, CancelledError */
export const countUsers = async (query: Query, send: Send): Promise<number> =>
	normalizeListResponse(await send({ method: 'GET', path: '/users/count', query })).total ?? 0;
