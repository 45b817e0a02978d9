import { normalizeListResponse } from '../../engine/http/pagination';
import type { ClerkRecord, OperationContext, QueryValue } from '../../engine/operation';
import { chunks } from '../../engine/operation/values';
import { fillPath } from '../../engine/request/buildRequest';
import { MAX_FILTER_VALUES } from '../../engine/request/longLists';
import { orderedPaging } from '../../fields/paging';
import { readAdminRoles } from '../shared/admins';
import { countUsers, readEachUser } from '../shared/inactiveUsers';
import { DAY_MS } from '../shared/inactivity';
import { noneIfTurnedOff, removeLockedAdmins } from '../shared/organizations';
import { personOf } from '../shared/people';
import { readAll } from '../shared/readAll';
import type { OrganizationChoice, TestData, TestOrganization, TestUser } from './plan';
import { hasMetadata, isOldEnough, judge } from './testUsers';
import type { TestUserCriteria } from './testUsers';

type Query = Record<string, QueryValue>;

/** As many of the newest users are looked at for some that match nothing. */
const MAX_YOUNG = 100;

/**
 * Reads test users with as many filters as Clerk has, and their organizations.
 *
 * @param userCap - undefined in production
 * @param now - Unix milliseconds
 * @throws RequestError, CancelledError
 */
export async function readTestData(
	criteria: TestUserCriteria,
	choice: OrganizationChoice,
	userCap: number | undefined,
	context: OperationContext,
	now: number,
): Promise<TestData> {
	const { send } = context;
	const allUsers = await countUsers({}, send);
	const users = new Map<string, TestUser>();
	const keptBy = new Map<string, Set<string>>(criteria.keep.map((entry) => [entry, new Set()]));
	for (const query of queriesFor(criteria)) {
		await readEachUser({ ...query, created_at_before: criteria.before }, send, (record) => {
			const judgement = isOldEnough(record, criteria.before) ? judge(record, criteria) : undefined;
			if (!judgement) return;
			const user = toTestUser(record, judgement);
			users.set(user.id, user);
			if (judgement.keptBy !== undefined) keptBy.get(judgement.keptBy)?.add(user.id);
		});
	}
	const youngSince = Math.min(criteria.before, now - DAY_MS);
	return {
		users: [...users.values()],
		// In production, they are people who signed up.
		unmatched: userCap === undefined ? [] : await readUnmatched(criteria, youngSince, context),
		organizations: await readOrganizations(
			[...users.values()].filter(({ spared }) => spared === undefined).map(({ id }) => id),
			criteria,
			choice,
			context,
		),
		allUsers,
		userCap,
		spared: [...keptBy].map(([entry, ids]) => ({ exception: 'Keep', entry, users: ids.size })),
		youngSince,
	};
}

const toTestUser = (
	record: ClerkRecord,
	{ why, spared }: { why: string; spared?: string },
): TestUser => ({
	id: String(record.id),
	...personOf(record),
	createdAt: Number(record.created_at),
	why,
	spared,
});

/** Returns the filters that together find all test users, and others. */
function queriesFor({ patterns, onlyDomains }: TestUserCriteria): Query[] {
	const parts = patterns.flatMap(({ by, value }) => {
		if (by === 'addressPart') return [value];
		// No filter finds metadata: the user must have an address in these domains anyway.
		return (by === 'domain' ? [value] : onlyDomains).map((domain) => `@${domain}`);
	});
	return [
		...[...new Set(['+clerk_test', ...parts])].map((part) => ({ email_address_query: part })),
		{ phone_number_query: '55501' },
	];
}

/** Returns young users that match nothing: those of a suite whose pattern is missing. */
async function readUnmatched(
	criteria: TestUserCriteria,
	since: number,
	{ send }: OperationContext,
): Promise<TestUser[]> {
	const query = { created_at_after: since, order_by: '-created_at', limit: MAX_YOUNG };
	const { rows } = normalizeListResponse(await send({ method: 'GET', path: '/users', query }));
	return rows
		.filter((record) => typeof record.created_at === 'number')
		.filter((record) => judge(record, criteria) === undefined)
		.map((record) => toTestUser(record, { why: 'Matches no pattern' }));
}

async function readOrganizations(
	userIds: string[],
	{ before, keep }: TestUserCriteria,
	choice: OrganizationChoice,
	context: OperationContext,
): Promise<TestOrganization[]> {
	const { send, forEachConcurrently } = context;
	const found = new Map<string, ClerkRecord>();
	const read = async (query: Query) => {
		const rows = readAll(send, '/organizations', orderedPaging, query);
		for (const row of await rows.catch(noneIfTurnedOff)) found.set(String(row.id), row);
	};
	if (choice.by === 'slugPrefix') await read({ query: choice.slugPrefix });
	if (choice.by === 'metadata') await read({});
	const chosen = [...found.values()].filter((row) => isChosen(row, choice, before));
	found.clear();
	await forEachConcurrently(chunks(userIds, MAX_FILTER_VALUES), async (user_id) => {
		await read({ user_id });
	});
	for (const row of chosen) found.set(String(row.id), row);
	if (found.size === 0) return [];
	const adminRoles = await readAdminRoles(send);
	const chosenIds = new Set(chosen.map(({ id }) => id));
	const organizations: TestOrganization[] = [];
	const allAdmins = new Map<string, Set<string>>();
	await forEachConcurrently([...found.values()], async (row) => {
		const id = String(row.id);
		const path = fillPath('/organizations/{id}/memberships', { id });
		const memberships = (await readAll(send, path, orderedPaging)).map(toMember);
		const admins = memberships.filter(({ role, hasUser }) => hasUser && adminRoles.has(role));
		const active = admins.filter(({ isBlocked }) => !isBlocked);
		allAdmins.set(id, idsOf(admins));
		const isDue = chosenIds.has(id) || (choice.by === 'emptied' && memberships.length > 0);
		organizations.push({
			id,
			name: String(row.name || id),
			slug: typeof row.slug === 'string' && row.slug !== '' ? row.slug : null,
			createdAt: typeof row.created_at === 'number' ? row.created_at : 0,
			members: memberships.map(({ userId }) => userId),
			admins: idsOf(active),
			...(isDue && !keep.includes(id) && { why: describeChoice(choice) }),
		});
	});
	await removeLockedAdmins(organizations, new Set(), context);
	// Where no admin can act, those who cannot are still the last that it has.
	for (const one of organizations) if (one.admins.size === 0) one.admins = allAdmins.get(one.id)!;
	return organizations;
}

/** Whether the organization itself is chosen. Clerk's filter finds parts of a name or slug, so it is checked here. */
function isChosen(row: ClerkRecord, choice: OrganizationChoice, before: number): boolean {
	if (!isOldEnough(row, before)) return false;
	if (choice.by === 'metadata') return hasMetadata(row, choice.rule);
	return choice.by === 'slugPrefix' && String(row.slug ?? '').startsWith(choice.slugPrefix);
}

function describeChoice(choice: OrganizationChoice): string {
	if (choice.by === 'slugPrefix') return `The slug begins with ${choice.slugPrefix}`;
	if (choice.by === 'metadata') return `Has the metadata ${choice.rule}`;
	return 'All members are test users';
}

const idsOf = (members: Member[]): Set<string> => new Set(members.map(({ userId }) => userId));

interface Member {
	userId: string;
	hasUser: boolean;
	role: string;
	/** Banned or deprovisioned, so that they cannot manage the others. */
	isBlocked: boolean;
}

const toMember = ({ role, public_user_data: data }: ClerkRecord): Member => {
	const { user_id: userId, banned, deprovisioned } = (data ?? {}) as ClerkRecord;
	return {
		userId: String(userId),
		hasUser: typeof userId === 'string',
		role: String(role),
		isBlocked: banned === true || deprovisioned === true,
	};
};
