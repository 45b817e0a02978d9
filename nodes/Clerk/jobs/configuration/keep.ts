import type { ClerkRecord } from '../../engine/operation';
import { skip } from '../shared/actions';
import type {
	ConfigurationAction,
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
	const settings = kinds.get('organizationSettings')?.records.get('organizationSettings');
	let isShown = false;
	const shown = sets?.unavailable === undefined ? [...(sets?.records.values() ?? [])] : [];
	for (const { record, key: set, value } of shown) {
		const roles = Array.isArray(record.roles) ? (record.roles as ClerkRecord[]) : [];
		const item = roles.find((role) => role.key === key);
		if (item && !isWithoutMembers(item)) {
			return 'it has members, or Clerk does not say that it has none';
		}
		isShown ||= item !== undefined;
		const { defaultRole, creatorRole } = { ...value, ...wantedValue(wanted, 'roleSet', set) };
		if ([defaultRole, creatorRole].includes(key)) {
			return `the role set ${set} gives it to new members`;
		}
	}
	// Only role sets tell which roles have members.
	if (!isShown) return 'it is not known whether it has members';
	if (!settings) return 'it is not known whether the organization settings give it to new members';
	const { creatorRole, domainsDefaultRole } = {
		...settings.value,
		...wantedValue(wanted, 'organizationSettings', 'organizationSettings'),
	};
	const isUsed = [creatorRole, domainsDefaultRole].includes(key);
	return isUsed ? 'the organization settings give it to new members' : undefined;
}

/**
 * Skips the deletion of permissions that a role will still have, since Clerk takes a deleted permission
 * from every role. Pure.
 *
 * @param actions - all of the plan: those that are skipped change no role
 */
export function keepUsedPermissions(
	actions: ConfigurationAction[],
	{ kinds }: InstanceState,
): ConfigurationAction[] {
	const roles = kinds.get('organizationRole');
	const due = actions.filter(({ isSkipped }) => !isSkipped);
	const changes = new Map(
		due
			.filter(({ recordKind }) => recordKind.name === 'organizationRole')
			.map((action) => [action.target, action]),
	);
	const permissionsAfter = ({ key, value }: StoredRecord): unknown => {
		const change = changes.get(key);
		if (change?.action === 'delete') return [];
		return (
			(change?.columns?.after as ConfigurationValue | undefined)?.permissions ?? value.permissions
		);
	};
	return actions.map((action) => {
		const { recordKind, target } = action;
		const isDeletion = action.action === 'delete' && recordKind.name === 'organizationPermission';
		if (!isDeletion || action.isSkipped) return action;
		const keep = (reason: string) => ({
			...skip(action, `Is not in the input. Kept: ${reason}`),
			write: undefined,
		});
		if (!roles || roles.unavailable !== undefined || roles.ambiguous.size > 0) {
			return keep('it is not known which roles have it');
		}
		const role = [...roles.records.values()].find((stored) =>
			[permissionsAfter(stored) ?? []].flat().includes(target),
		);
		return role ? keep(`the role ${role.key} still has it`) : action;
	});
}

const wantedValue = (
	wanted: WantedRecord[],
	kindName: KindName,
	key: string,
): ConfigurationValue | undefined =>
	wanted.find((record) => record.kind.name === kindName && record.key === key)?.value;

const isWithoutMembers = ({ has_members: has, members_count: count }: ClerkRecord): boolean =>
	has === false
		? count === undefined || count === null || count === 0
		: has !== true && count === 0;
