import { normalizeListResponse, pages } from '../../engine/http/pagination';
import { InvalidInputError } from '../../engine/operation';
import type {
	ApiRequest,
	ClerkRecord,
	OperationContext,
	QueryValue,
	Send,
} from '../../engine/operation';
import { usersPaging } from '../../fields/paging';
import { domainOf } from '../shared/directories';
import { membersAmong, outsideOfAll } from '../shared/organizations';

/** Who was away for how long: what the form asks for, how those users are read, and the judgement on each. */

export const DAY = 86_400_000;

/** An organization, an e-mail domain and the like are exceptions; all times are Unix milliseconds. */
export interface Criteria {
	/** What a user's record calls the time they were last there. */
	by: 'last_active_at' | 'last_sign_in_at';
	/** Who was there at or after it is not inactive. */
	before: number;
	neverActive: 'include' | 'leaveOut' | 'only';
	createdBefore: number;
	includeBanned: boolean;
	withoutOrganization: boolean;
	/** In lower case. */
	domains: Set<string>;
	metadata: MetadataRule[];
	ids: Set<string>;
}

interface MetadataRule {
	key: string;
	/** Without it, having the key is enough. */
	value?: string;
}

/** A user who is chosen, and why. */
export interface Inactive {
	user: ClerkRecord;
	/** When they were last there, or were created if never. */
	since: number;
	inactiveDays: number;
	reason: string;
}

type Values = Record<string, unknown>;

/**
 * What the form asks for, still without the time it counts back from.
 *
 * @throws InvalidInputError at once, or for a date that is too late when the time is known
 */
export function readCriteria(values: Values): (now: number) => Criteria {
	const since = values.inactiveSince as number | undefined;
	const days = values.inactiveDays as number;
	const criteria = {
		by: values.inactiveBy === 'signIn' ? ('last_sign_in_at' as const) : ('last_active_at' as const),
		neverActive: (values.neverActive ?? 'leaveOut') as Criteria['neverActive'],
		createdBefore: (values.createdBefore as number | undefined) ?? Infinity,
		includeBanned: values.includeBanned === true,
		withoutOrganization: values.withoutOrganization === true,
		domains: new Set(listOf(values.exceptEmailDomains).map(toDomain)),
		metadata: listOf(values.exceptMetadata).map(toRule),
		ids: new Set(listOf(values.exceptUserIds).map(toUserId)),
	};
	return (now) => {
		if (since !== undefined && since > now - DAY) {
			throw new InvalidInputError(
				'Inactive Since',
				'needs a date at least a day ago: Clerk keeps the last activity to the day',
			);
		}
		return { ...criteria, before: since ?? Math.floor(now - days * DAY) };
	};
}

const listOf = (value: unknown): string[] => (value ?? []) as string[];

/** What is no domain would except nobody, and go unnoticed. */
function toDomain(text: string): string {
	const domain = text.replace(/^@/, '').toLowerCase();
	if (/^[^\s@/:]+\.[^\s@/:.]+$/.test(domain)) return domain;
	throw new InvalidInputError(
		'Except Email Domains',
		`needs domains such as acme.com, but got "${text}"`,
	);
}

function toUserId(text: string): string {
	if (/^user_\w+$/.test(text)) return text;
	throw new InvalidInputError(
		'Except User IDs',
		`needs IDs such as user_2NNEqL…, but got "${text}"`,
	);
}

function toRule(text: string): MetadataRule {
	const [, key, , value] = /^([^=]+?)\s*(=\s*(.*))?$/.exec(text) ?? [];
	if (key !== undefined) return { key, value };
	throw new InvalidInputError(
		'Except Metadata',
		`needs keys, or key=value such as plan=enterprise, but got "${text}"`,
	);
}

/**
 * Whether a user is chosen. It asks all that the filters of the API were asked too, so that one that
 * is not heeded chooses nobody.
 */
export function judge(user: ClerkRecord, criteria: Criteria, now: number): Inactive | undefined {
	const created = timeOf(user.created_at);
	const last = timeOf(user[criteria.by]);
	const since = last ?? created;
	const leftOut = last === undefined ? 'leaveOut' : 'only';
	if (since === undefined || created === undefined) return undefined;
	if (criteria.neverActive === leftOut || since >= criteria.before) return undefined;
	if (created >= criteria.createdBefore) return undefined;
	if (user.banned === true && !criteria.includeBanned) return undefined;
	if (isExcepted(user, criteria)) return undefined;
	const inactiveDays = Math.floor((now - since) / DAY);
	return { user, since, inactiveDays, reason: reasonFor(criteria, last, since, inactiveDays) };
}

const timeOf = (value: unknown): number | undefined =>
	typeof value === 'number' ? value : undefined;

function reasonFor({ by }: Criteria, last: number | undefined, since: number, days: number) {
	const what = by === 'last_active_at' ? 'active' : 'signed in';
	const begun =
		last === undefined
			? `never ${what} since created on ${dayOf(since)}`
			: `last ${what} on ${dayOf(since)}`;
	return `${begun}, ${days} days ago`;
}

/** @param at - Unix milliseconds */
export const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** Unverified addresses count: they keep somebody from being chosen, and choose nobody. */
function isExcepted(user: ClerkRecord, { ids, domains, metadata }: Criteria): boolean {
	if (ids.has(String(user.id))) return true;
	const addresses = rowsIn(user.email_addresses).map(({ email_address: one }) => String(one));
	if (addresses.some((one) => domains.has(domainOf(one)))) return true;
	// What a user writes themselves (unsafe metadata) excepts nobody.
	const stored = [user.public_metadata, user.private_metadata];
	return metadata.some((rule) => stored.some((one) => fits(one, rule)));
}

/** A list within a record; empty where Clerk left it out. */
const rowsIn = (list: unknown): ClerkRecord[] => (Array.isArray(list) ? list : []);

function fits(metadata: unknown, { key, value }: MetadataRule): boolean {
	const found = ownOf(metadata, key) ?? key.split('.').reduce(ownOf, metadata);
	if (found === undefined) return false;
	return value === undefined || [found].flat().some((one) => String(one) === value);
}

function ownOf(holder: unknown, key: string): unknown {
	const isObject = holder !== null && typeof holder === 'object';
	return isObject && Object.hasOwn(holder, key) ? (holder as Values)[key] : undefined;
}

/**
 * Reads the users that may be chosen, by Clerk's own filters, and judges each: a page at a time.
 * No user is chosen twice.
 *
 * @param isWide - reads also those who were away and whom other filters would hide
 */
export async function* readInactive(
	criteria: Criteria,
	tools: Pick<OperationContext, 'send' | 'forEachConcurrently'>,
	now: number,
	isWide = false,
): AsyncGenerator<{ looked: ClerkRecord[]; chosen: Inactive[] }> {
	const { send } = tools;
	const taken = new Set<unknown>();
	const filters = isWide ? {} : await filtersOf(criteria, send);
	for await (const looked of readUsers(filters, criteria, send, now)) {
		const judged = looked.flatMap((user) => judge(user, criteria, now) ?? []);
		const fresh = judged.filter(({ user }) => !taken.has(user.id));
		const members = criteria.withoutOrganization
			? await membersAmong(fresh.map(idOf), tools)
			: new Set<string>();
		const chosen = fresh.filter((one) => !members.has(idOf(one)));
		for (const { user } of chosen) taken.add(user.id);
		yield { looked, chosen };
	}
}

const idOf = ({ user }: Inactive): string => String(user.id);

type Query = Record<string, QueryValue>;

/** What narrows both those who were there once and those who never were. */
async function filtersOf(criteria: Criteria, send: Send): Promise<Query> {
	const outside = criteria.withoutOrganization ? await outsideOfAll(send) : [];
	return {
		...(Number.isFinite(criteria.createdBefore) && { created_at_before: criteria.createdBefore }),
		...(!criteria.includeBanned && { banned: false }),
		...(outside.length > 0 && { organization_id: outside }),
	};
}

async function* readUsers(
	filters: Query,
	{ by, before, neverActive, createdBefore }: Criteria,
	send: Send,
	now: number,
): AsyncGenerator<ClerkRecord[]> {
	if (neverActive !== 'only') yield* walk({ ...filters, [`${by}_before`]: before }, send);
	if (neverActive === 'leaveOut') return;
	const created_at_before = Math.min(before, createdBefore);
	yield* readNeverThere({ ...filters, created_at_before }, by, send, now);
}

/** Users by cursor, 500 a call. */
export async function* walk(query: Query, send: Send): AsyncGenerator<ClerkRecord[]> {
	for await (const { rows } of pages(send, usersRequest(query), usersPaging, {})) yield rows;
}

const usersRequest = (query: Query): ApiRequest => ({ method: 'GET', path: '/users', query });

/**
 * No filter finds who was never there: to those about the last time they are neither before nor
 * after anything. So they are counted, as the difference between all and those who were there once.
 * None needs no reading at all; few stand at one end of the order by the last time; and for many the
 * list is walked until all of them were seen.
 */
async function* readNeverThere(
	query: Query,
	by: Criteria['by'],
	send: Send,
	now: number,
): AsyncGenerator<ClerkRecord[]> {
	const [all, once] = await Promise.all([
		countUsers(query, send),
		countUsers({ ...query, [`${by}_before`]: now + 365 * DAY }, send),
	]);
	let missing = all - once;
	const areAll = (rows: ClerkRecord[]) => {
		missing -= rows.filter((user) => typeof user[by] !== 'number').length;
		return missing <= 0;
	};
	if (missing <= 0) return;
	if (missing <= usersPaging.pageSize) {
		const few = { ...query, order_by: `-${by}`, limit: usersPaging.pageSize };
		const { rows } = normalizeListResponse(await send(usersRequest(few)));
		const expected = missing;
		if (areAll(rows)) {
			yield rows;
			return;
		}
		missing = expected;
	}
	for await (const rows of walk(query, send)) {
		yield rows;
		if (areAll(rows)) return;
	}
}

/** How many users there are, of those that `query` leaves. */
export const countUsers = async (query: Query, send: Send): Promise<number> =>
	normalizeListResponse(await send({ method: 'GET', path: '/users/count', query })).total ?? 0;
