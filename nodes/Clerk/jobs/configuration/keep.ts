import type { ClerkRecord } from '../../engine/operation';
import type {
	ConfigurationValue,
	InstanceState,
	Kind,
	KindName,
	StoredRecord,
	WantedRecord,
} from './model';

/**
 * Returns why a record that is not wanted must not be deleted; undefined if it may be. Judged as records
 * are once the wanted ones are written, since deletions come last. Pure.
 */
export function reasonToKeep(
	kind: Kind,
	{ key }: StoredRecord,
	{ kinds }: InstanceState,
	wanted: WantedRecord[],
): string | undefined {
	if (kind.name !== 'organizationRole') return undefined;
	const sets = kinds.get('roleSet');
	// Only role sets tell which roles have members.
	if (!sets || sets.unavailable !== undefined) return 'it is not known whether it has members';
	for (const { record, key: set, value } of sets.records.values()) {
		const roles = Array.isArray(record.roles) ? (record.roles as ClerkRecord[]) : [];
		const item = roles.find((role) => role.key === key);
		if (item && hasMembers(item)) return 'it has members, or Clerk does not say that it has none';
		const { defaultRole, creatorRole } = { ...value, ...wantedValue(wanted, 'roleSet', set) };
		if ([defaultRole, creatorRole].includes(key)) {
			return `the role set ${set} gives it to new members`;
		}
	}
	const { creatorRole, domainsDefaultRole } = {
		...kinds.get('organizationSettings')?.records.get('organizationSettings')?.value,
		...wantedValue(wanted, 'organizationSettings', 'organizationSettings'),
	};
	const isUsed = [creatorRole, domainsDefaultRole].includes(key);
	return isUsed ? 'the organization settings give it to new members' : undefined;
}

const wantedValue = (
	wanted: WantedRecord[],
	kindName: KindName,
	key: string,
): ConfigurationValue | undefined =>
	wanted.find((record) => record.kind.name === kindName && record.key === key)?.value;

const hasMembers = ({ has_members: has, members_count: count }: ClerkRecord): boolean =>
	has === true || (has !== false && count !== 0) || (typeof count === 'number' && count > 0);
