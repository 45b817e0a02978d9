import { InvalidInputError, InvalidItemsError } from '../../engine/operation';
import type { ClerkRecord } from '../../engine/operation';
import { readEntry } from '../../engine/input/kinds';
import { idAmong } from '../../engine/run/resolve';
import { locators } from '../../fields/locators';
import { isRoleKey, KNOWN, roleFinder } from '../../fields/locators/role';
import type { SyncItem, SyncOptions, WantedMember } from './model';
import type { SyncData } from './read';
import { readMatchValue } from './users';
import type { UserIndex } from './users';

/**
 * Matches the items with the organizations, roles and users that were read.
 *
 * @returns the wanted members by the organization's ID
 * @throws InvalidItemsError with what is wrong with each item
 */
export function matchItems(
	items: SyncItem[],
	options: SyncOptions,
	data: SyncData,
): Map<string, WantedMember[]> {
	const errors = new Map<number, InvalidInputError>();
	const wanted = new Map<string, WantedMember[]>();
	const matched = new Map<string, WantedMember>();
	for (const item of items) {
		try {
			const organization = data.organizations.get(item.organization);
			if (!organization) throw noOrganizationError('Organization', [item.organization]);
			const role = readRole(item.role, data.roles);
			const member = toWantedMember({ ...item, role }, options, data.users);
			const key = JSON.stringify([organization.id, member.userId ?? member.value]);
			const earlier = matched.get(key);
			if (earlier) throw repeatedError(member, earlier);
			matched.set(key, member);
			const members = wanted.get(organization.id);
			if (members) members.push(member);
			else wanted.set(organization.id, [member]);
		} catch (error) {
			if (!(error instanceof InvalidInputError)) throw error as Error;
			errors.set(item.item, error);
		}
	}
	const unknown = options.organizations.filter((name) => !data.organizations.has(name));
	if (unknown.length > 0) {
		errors.set(0, noOrganizationError('Further Organizations', unknown, errors.get(0)));
	}
	if (errors.size > 0) throw new InvalidItemsError(errors);
	return wanted;
}

/** @param other - another error of the same item, added to the message */
function noOrganizationError(
	label: string,
	names: string[],
	other?: InvalidInputError,
): InvalidInputError {
	const listed = names.map((name) => JSON.stringify(name)).join(' or ');
	const rest = other ? `. ${other.message}` : '';
	return new InvalidInputError(
		label,
		`was not found: there is no organization with the ID or slug ${listed}${rest}`,
	);
}

const repeatedError = ({ role }: WantedMember, earlier: WantedMember): InvalidInputError =>
	new InvalidInputError(
		'Match Value',
		earlier.role === role
			? `names somebody whom item ${earlier.item} names already, in the same organization`
			: `names somebody as ${role} whom item ${earlier.item} wants as ${earlier.role}, in the same organization`,
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
		userId: user && String(user.id),
		isActive: user !== undefined && user.banned !== true && user.deprovisioned !== true,
		role,
		publicMetadata,
		privateMetadata,
	};
}
