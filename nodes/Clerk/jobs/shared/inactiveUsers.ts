import { normalizeListResponse, pages } from '../../engine/http/pagination';
import { readList } from '../../engine/http/readList';
import type { ApiRequest, ClerkRecord, QueryValue, Send } from '../../engine/operation';
import { usersPaging } from '../../fields/paging';
import { checkInactivity, DAY_MS } from './inactivity';
import type { InactiveUser, InactivityCriteria } from './inactivity';
import { membersAmong, outsideAllOrganizations } from './organizations';
import type { ReadContext } from './readAll';

/** Reads inactive users, with as many of the criteria as Clerk has filters for. */

type Query = Record<string, QueryValue>;

export interface UserPage<T> {
	/** Those of the page that meet the criteria, as they are kept; each user is in one page only. */
	inactive: T[];
	/** The exceptions of those that would meet the criteria without them; each user is in one page only. */
	spared: Array<InactiveUser['sparedBy']>;
}

export interface UserReading<T> {
	/** Makes what is kept of a user, so that many users take little memory. */
	keep(user: InactiveUser): T;
	/** Called with each user, in any order. */
	onUser?(user: ClerkRecord): void;
	/** Reads users, too, that filters would leave out: those for all other criteria, or for bans. */
	leftOut?: 'all' | 'banned';
	/** All are needed, so they are read side by side, as one page; without it, one page after the other. */
	isWhole?: boolean;
}

/** What is kept of a user. */
interface Found<T> {
	id: string;
	kept: T;
	sparedBy: InactiveUser['sparedBy'];
}

/** Makes what is kept of each user; undefined leaves the user out. */
type ToRow<T> = (user: ClerkRecord) => T | undefined;

/**
 * Reads the users that may be inactive and checks each.
 *
 * @param now - Unix milliseconds
 * @throws RequestError, CancelledError
 */
export async function* readInactiveUsers<T>(
	criteria: InactivityCriteria,
	context: ReadContext,
	now: number,
	{ keep, onUser, leftOut, isWhole = false }: UserReading<T>,
): AsyncGenerator<UserPage<T>> {
	const { send } = context;
	const yielded = new Set<string>();
	const { banned, ...others } = leftOut === 'all' ? {} : await filtersFor(criteria, send);
	const filters = leftOut === 'banned' || banned === undefined ? others : { ...others, banned };
	const toRow = (user: ClerkRecord): Found<T> | undefined => {
		onUser?.(user);
		const inactive = checkInactivity(user, criteria, now);
		return inactive && { id: String(user.id), kept: keep(inactive), sparedBy: inactive.sparedBy };
	};
	const pagesOf = readPages(filters, criteria, { send, isWhole, toRow }, now);
	for await (const rows of pagesOf) {
		const unseen = rows.filter(({ id }) => !yielded.has(id));
		const members = criteria.withoutOrganization
			? await membersAmong(
					unseen.map(({ id }) => id),
					context,
				)
			: new Set<string>();
		const found = unseen.filter(({ id }) => !members.has(id));
		for (const { id } of found) yielded.add(id);
		const isSpared = ({ sparedBy }: Found<T>) => sparedBy.length > 0;
		yield {
			inactive: found.filter((one) => !isSpared(one)).map(({ kept }) => kept),
			spared: found.filter(isSpared).map(({ sparedBy }) => sparedBy),
		};
	}
}

/** Returns the filters that apply to users with and without any activity. */
async function filtersFor(
	criteria: InactivityCriteria,
	send: Send,
): Promise<{ banned?: boolean } & Query> {
	const outside = criteria.withoutOrganization ? await outsideAllOrganizations(send) : [];
	return {
		...(Number.isFinite(criteria.createdBefore) && { created_at_before: criteria.createdBefore }),
		...(!criteria.includeBanned && { banned: false }),
		...(outside.length > 0 && { organization_id: outside }),
	};
}

/** The users that `toRow` did not leave out. */
type PageOf<T> = T[];

interface Reader<T> {
	send: Send;
	isWhole: boolean;
	toRow: ToRow<T>;
}

async function* readPages<T>(
	filters: Query,
	{ activityField, before, neverActive, createdBefore }: InactivityCriteria,
	reader: Reader<T>,
	now: number,
): AsyncGenerator<PageOf<T>> {
	if (neverActive !== 'only')
		yield* readUsers({ ...filters, [`${activityField}_before`]: before }, reader);
	if (neverActive === 'leaveOut') return;
	const created_at_before = Math.min(before, createdBefore);
	yield* readNeverActive({ ...filters, created_at_before }, activityField, reader, now);
}

/** Reads users by cursor: side by side as one page, or page after page. @throws RequestError, CancelledError */
async function* readUsers<T>(
	query: Query,
	{ send, isWhole, toRow }: Reader<T>,
): AsyncGenerator<PageOf<T>> {
	const request = usersRequest(query);
	if (!isWhole) {
		for await (const { rows } of pages(send, request, usersPaging, {})) yield toPage(rows, toRow);
		return;
	}
	yield (await readList(send, request, usersPaging, toRow)).rows;
}

const toPage = <T>(users: ClerkRecord[], toRow: ToRow<T>): PageOf<T> =>
	users.map(toRow).filter((row) => row !== undefined) as T[];

/** Calls `onUser` with each user that the query selects, in any order; with some of them twice, as pages may be read again. @throws RequestError, CancelledError */
export async function readEachUser(
	query: Query,
	send: Send,
	onUser: (user: ClerkRecord) => void,
): Promise<void> {
	await readList(send, usersRequest(query), usersPaging, (user): undefined => {
		onUser(user);
	});
}

const usersRequest = (query: Query): ApiRequest => ({ method: 'GET', path: '/users', query });

/**
 * Reads the users without any activity. No filter finds them: their last activity is neither before nor
 * after any time. So they are counted, as all users less those with an activity. If there are none,
 * nothing is read. If a page takes them all, they are at one end of the order by last activity.
 * Otherwise all users are read, one page after the other until the last of them was found.
 */
async function* readNeverActive<T>(
	query: Query,
	activityField: InactivityCriteria['activityField'],
	reader: Reader<T>,
	now: number,
): AsyncGenerator<PageOf<T>> {
	const { send, toRow } = reader;
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
			yield toPage(rows, toRow);
			return;
		}
	}
	let found = 0;
	const counting: ToRow<T> = (user) => {
		found += countNeverActive([user], activityField);
		return toRow(user);
	};
	for await (const page of readUsers(query, { ...reader, toRow: counting })) {
		yield page;
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
