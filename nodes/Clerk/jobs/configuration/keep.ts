import type { ClerkRecord } from '../../engine/operation';
import type { InstanceState, Kind, KindName, StoredRecord } from './model';

/** Returns why a record that is not wanted must not be deleted; undefined if it may be. Pure. */
export function reasonToKeep(
	kind: Kind,
	{ key }: StoredRecord,
	{ kinds }: InstanceState,
): string | undefined {
	if (kind.name !== 'organizationRole') return undefined;
	const recordsOf = (name: KindName) => [...(kinds.get(name)?.records.values() ?? [])];
	const sets = kinds.get('roleSet');
	// Only role sets tell which roles have members.
	if (!sets || sets.unavailable !== undefined) return 'it is not known whether it has members';
	for (const { record, key: set } of recordsOf('roleSet')) {
		const roles = Array.isArray(record.roles) ? (record.roles as ClerkRecord[]) : [];
		const item = roles.find((role) => role.key === key);
		if (item && hasMembers(item)) return 'it has members, or Clerk does not say that it has none';
		const named = [record.default_role, record.creator_role] as Array<
			ClerkRecord | null | undefined
		>;
		if (named.some((role) => role?.key === key))
			return `the role set ${set} gives it to new members`;
	}
	const [settings] = recordsOf('organizationSettings');
	const { creatorRole, domainsDefaultRole } = settings?.value ?? {};
	const isUsed = creatorRole === key || domainsDefaultRole === key;
	return isUsed ? 'the organization settings give it to new members' : undefined;
}

const hasMembers = ({ has_members: has, members_count: count }: ClerkRecord): boolean =>
	has === true || (has !== false && count !== 0) || (typeof count === 'number' && count > 0);
