import { InvalidInputError, InvalidItemsError } from '../../engine/operation';
import type { ClerkRecord } from '../../engine/operation';
import { readEntry } from '../../engine/input/kinds';
import { idAmong } from '../../engine/run/resolve';
import { locators } from '../../fields/locators';
import { isRoleKey, KNOWN, roleFinder } from '../../fields/locators/role';
import { matchLabel } from '../../fields/matchBy';
import { personOf } from '../shared/people';
import type { SyncItem, SyncMatchBy, SyncOptions, UnmatchedItem, WantedMember } from './model';
import type { SyncData } from './read';
import { readMatchValue } from './users';
import type { UserIndex } from './users';

/** Result of the matching. */
export interface Matches {
	/** By the organization's ID. */
	wanted: Map<string, WantedMember[]>;
	/** In the order of the items; what is wrong with the form's organizations comes last. */
	unmatched: UnmatchedItem[];
}

/** Matches the items with the organizations, roles and users that were read. */
export function matchItems(items: SyncItem[], options: SyncOptions, data: SyncData): Matches {
	const unmatched: UnmatchedItem[] = [];
	const wanted = new Map<string, WantedMember[]>();
	const matched = new Map<string, WantedMember>();
	for (const item of items) {
		const organization = data.organizations.get(item.organization);
		try {
			if (!organization) throw noOrganizationError('Organization', [item.organization]);
			const role = readRole(item.role, data.roles);
			const member = toWantedMember({ ...item, role }, options, data.users);
			const key = JSON.stringify([organization.id, member.userId ?? member.value]);
			const earlier = matched.get(key);
			if (earlier) throw repeatedError(options.matchBy, member, earlier);
			matched.set(key, member);
			const members = wanted.get(organization.id);
			if (members) members.push(member);
			else wanted.set(organization.id, [member]);
		} catch (error) {
			if (!(error instanceof InvalidInputError)) throw error as Error;
			unmatched.push({ item: item.item, error, given: item, organization });
		}
	}
	const unknown = options.organizations.filter((name) => !data.organizations.has(name));
	if (unknown.length > 0) {
		unmatched.push({ item: 0, error: noOrganizationError('Further Organizations', unknown) });
	}
	return { wanted, unmatched };
}

/** Returns the error of a run that has items that match nothing; an item may have two. */
export function unmatchedError(unmatched: UnmatchedItem[]): InvalidItemsError {
	const byItem = new Map<number, InvalidInputError>();
	for (const { item, error } of unmatched) {
		const other = byItem.get(item);
		const reason = other ? `${error.reason}. ${other.message}` : error.reason;
		byItem.set(item, other ? new InvalidInputError(error.label, reason) : error);
	}
	return new InvalidItemsError(byItem);
}

function noOrganizationError(label: string, names: string[]): InvalidInputError {
	const listed = names.map((name) => JSON.stringify(name)).join(' or ');
	return new InvalidInputError(
		label,
		`was not found: there is no organization with the ID or slug ${listed}`,
	);
}

const repeatedError = (
	by: SyncMatchBy,
	{ role }: WantedMember,
	earlier: WantedMember,
): InvalidInputError =>
	new InvalidInputError(
		matchLabel(by),
		earlier.role === role
			? `names a user that item ${earlier.item} already names, in the same organization`
			: `names a user as ${role} that item ${earlier.item} names as ${earlier.role}, in the same organization`,
	);

/** Returns the key of a role. @param roles - undefined if Clerk does not show them @throws InvalidInputError */
function readRole(text: string, roles: ClerkRecord[] | undefined): string {
	const value = readEntry('role', text, 'Role');
	if (!roles && isRoleKey(value)) return value;
	const named = { label: 'Role', value, locator: locators.role, isSubject: false };
	return idAmong(roles ?? KNOWN, roleFinder, named);
}

/** @throws InvalidInputError */
function toWantedMember(
	{ item, value: given, role, publicMetadata, privateMetadata }: SyncItem,
	{ matchBy, inviteMissing }: SyncOptions,
	users: UserIndex,
): WantedMember {
	const value = readMatchValue(matchBy, given);
	const matching = users.matching(value);
	const isInvited = matching.length === 0 && inviteMissing;
	if (matching.length !== 1 && !isInvited) throw users.mismatchError(value);
	const [user] = matching as Array<ClerkRecord | undefined>;
	return {
		item,
		value,
		...(user ? personOf(user) : { name: null, emailAddress: value.toLowerCase() }),
		userId: user && String(user.id),
		isActive: user !== undefined && user.banned !== true && user.deprovisioned !== true,
		role,
		publicMetadata,
		privateMetadata,
	};
}
