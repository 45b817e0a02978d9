import { isNotFound } from '../../engine/http/outcome';
import { readList } from '../../engine/http/readList';
import { InvalidInputError } from '../../engine/operation';
import type { ClerkRecord, Send } from '../../engine/operation';
import { fillPath } from '../../engine/request/buildRequest';
import { orderedPaging } from '../../fields/paging';
import { noneIfTurnedOff } from '../shared/organizations';
import { readAll } from '../shared/readAll';
import type { ReadContext } from '../shared/readAll';
import { describeMissing, toObject } from './readRoles';
import type { Judge, Judged } from './readRoles';
import { activeAdmins } from './review';
import type {
	OrganizationKeys,
	PendingInvitation,
	ReviewCriteria,
	ReviewedOrganization,
} from './review';

/** Reads organizations with their members and invitations: the whole instance, or the chosen ones. */

interface Lists {
	organizations: ReviewedOrganization[];
	invitations: PendingInvitation[];
}

export async function readLists(
	criteria: ReviewCriteria,
	judge: Judge,
	context: ReadContext,
	notices: string[],
): Promise<Lists> {
	if (criteria.organizations.length > 0) return await readChosen(criteria, judge, context);
	return await readInstance(judge, context, notices);
}

/** Reads the whole instance: three lists, side by side, whatever the number of organizations. */
async function readInstance(
	judge: Judge,
	{ send, forEachConcurrently }: ReadContext,
	notices: string[],
): Promise<Lists> {
	let organizations: OrganizationKeys[] = [];
	let members: Seen[] = [];
	let invitations: PendingInvitation[] = [];
	const readers = [
		async () => {
			const rows = await readAll(send, '/organizations', orderedPaging).catch((error: unknown) => {
				const none = noneIfTurnedOff(error);
				notices.push('organizations are turned off for this instance');
				return none;
			});
			organizations = rows.map(toKeys);
		},
		async () => {
			members = await readMembers(send, '/organization_memberships', judge);
		},
		async () => {
			const rows = await readAll(send, '/organization_invitations', orderedPaging, PENDING).catch(
				noneIfTurnedOff,
			);
			invitations = rows.flatMap((row) => toInvitation(row));
		},
	];
	await forEachConcurrently(readers, async (read) => await read());
	return { organizations: group(organizations, members), invitations };
}

const PENDING = { status: 'pending' };

interface Seen extends Judged {
	organization: OrganizationKeys;
}

/**
 * Reads a list of memberships; without a filter, so that no member is missing because of the role.
 *
 * @param own - the organization of all of them; otherwise each names its own
 */
async function readMembers(
	send: Send,
	path: string,
	judge: Judge,
	own?: OrganizationKeys,
): Promise<Seen[]> {
	const request = { method: 'GET' as const, path, query: { order_by: '+created_at' } };
	const known = new Map<string, OrganizationKeys>();
	const reading = readList(send, request, orderedPaging, (record): Seen => {
		const keys = own ?? toKeys(toObject(record.organization));
		const organization = known.get(keys.id) ?? keys;
		known.set(keys.id, organization);
		return { organization, ...judge(record, organization) };
	});
	return await reading.then(
		({ rows }) => rows,
		(error: unknown) => noneIfTurnedOff(error) as never[],
	);
}

/** Returns the organizations with their members; an organization that was created in the meantime too. */
function group(organizations: OrganizationKeys[], members: Seen[]): ReviewedOrganization[] {
	const byId = new Map<string, ReviewedOrganization>();
	const groupOf = (keys: OrganizationKeys): ReviewedOrganization => {
		const found = byId.get(keys.id) ?? { ...keys, members: 0, unclear: 0, memberships: [] };
		byId.set(keys.id, found);
		return found;
	};
	for (const keys of organizations) groupOf(keys);
	for (const { organization, membership, isUnclear } of members) {
		const own = groupOf(organization);
		own.members++;
		if (isUnclear) own.unclear++;
		if (membership) own.memberships.push(membership);
	}
	return [...byId.values()];
}

/** Reads the chosen organizations, each once, with their members and invitations. @throws InvalidInputError if one does not exist */
async function readChosen(
	{ organizations: names }: ReviewCriteria,
	judge: Judge,
	{ send, forEachConcurrently }: ReadContext,
): Promise<Lists> {
	const found = new Map<string, OrganizationKeys>();
	const missing = new Set<string>();
	await forEachConcurrently([...new Set(names)], async (name) => {
		try {
			const path = fillPath('/organizations/{name}', { name });
			const keys = toKeys((await send({ method: 'GET', path })) as ClerkRecord);
			found.set(keys.id, keys);
		} catch (error) {
			if (!isNotFound(error)) throw error as Error;
			missing.add(name);
		}
	});
	if (missing.size > 0) {
		throw new InvalidInputError(
			'Organizations',
			describeMissing(names.filter((name) => missing.delete(name))),
		);
	}
	const organizations: ReviewedOrganization[] = [];
	const invitations: PendingInvitation[] = [];
	await forEachConcurrently([...found.values()], async (keys) => {
		const path = fillPath('/organizations/{id}', { id: keys.id });
		const members = await readMembers(send, `${path}/memberships`, judge, keys);
		organizations.push(...group([keys], members));
		const rows = await readAll(send, `${path}/invitations`, orderedPaging, PENDING);
		for (const row of rows) invitations.push(...toInvitation(row, keys));
	});
	return { organizations, invitations };
}

/**
 * Reads the members again of each organization that seems to have no admin: an admin who was appointed
 * while the list was read may be missing. An organization that was deleted since is left out.
 */
export async function confirmAdmins(
	organizations: ReviewedOrganization[],
	judge: Judge,
	{ send, forEachConcurrently }: ReadContext,
): Promise<ReviewedOrganization[]> {
	const confirmed = new Map(organizations.map((one) => [one.id, one]));
	const doubtful = organizations.filter((one) => activeAdmins(one).length === 0);
	await forEachConcurrently(doubtful, async ({ id, slug, name }) => {
		const path = fillPath('/organizations/{id}/memberships', { id });
		const keys = { id, slug, name };
		try {
			const [again] = group([keys], await readMembers(send, path, judge, keys));
			confirmed.set(id, again);
		} catch (error) {
			if (!isNotFound(error)) throw error as Error;
			confirmed.delete(id);
		}
	});
	return [...confirmed.values()];
}

const textOf = (value: unknown): string | null =>
	typeof value === 'string' && value !== '' ? value : null;

const toKeys = ({ id, slug, name }: ClerkRecord): OrganizationKeys => ({
	id: String(id),
	slug: textOf(slug),
	name: textOf(name) ?? textOf(slug) ?? String(id),
});

/** Returns nothing for an invitation that is no longer pending. @param organization - for a list that does not name it */
function toInvitation(row: ClerkRecord, organization?: OrganizationKeys): PendingInvitation[] {
	const { id, status, email_address: address, role, created_at: since } = row;
	if (status !== 'pending') return [];
	const shown = toObject(row.public_organization_data);
	return [
		{
			id: String(id),
			emailAddress: String(address).toLowerCase(),
			organizationId: organization?.id ?? String(row.organization_id ?? shown.id),
			organization: organization?.slug ?? textOf(shown.slug),
			role: String(role),
			since: Number(since),
		},
	];
}
