import type { ClerkRecord } from '../../engine/operation';
import { skip } from '../shared/actions';
import type {
	ConfigurationAction,
	ConfigurationValue,
	InstanceState,
	KindName,
	StoredRecord,
	WantedRecord,
} from './model';
import { keysIn } from './values';

/** The settings that give new members a role, by kind. */
const GIVES: Partial<Record<KindName, string[]>> = {
	roleSet: ['defaultRole', 'creatorRole'],
	organizationSettings: ['creatorRole', 'domainsDefaultRole'],
};

/**
 * Returns why a role that is not wanted must not be deleted; undefined if it may be. Pure.
 *
 * @param due - the actions before the deletions: a change that is skipped leaves a record as it is
 */
export function reasonToKeepRole(
	key: string,
	{ kinds }: InstanceState,
	wanted: WantedRecord[],
	due: ConfigurationAction[],
): string | undefined {
	const sets = kinds.get('roleSet');
	const settings = kinds.get('organizationSettings')?.records.get('organizationSettings');
	const gives = (name: KindName, stored: StoredRecord) => {
		const after = { ...stored.value, ...changeOf(due, name, stored.key) };
		return GIVES[name]!.some((field) => after[field] === key);
	};
	let isShown = false;
	for (const set of sets?.unavailable === undefined ? (sets?.records.values() ?? []) : []) {
		const roles = Array.isArray(set.record.roles) ? (set.record.roles as ClerkRecord[]) : [];
		const item = roles.find((role) => role.key === key);
		if (item && !isWithoutMembers(item)) {
			return 'it has members, or Clerk does not say that it has none';
		}
		isShown ||= item !== undefined;
		if (gives('roleSet', set)) return `the role set ${set.key} gives it to new members`;
	}
	const namedIn = wanted.find(({ kind, value }) =>
		kind.fields.some(
			(field) => field.refersTo === 'organizationRole' && keysIn(field, value).includes(key),
		),
	);
	if (namedIn) return `the ${namedIn.kind.noun} ${namedIn.key} of the input names it`;
	// Only role sets tell which roles have members.
	if (!isShown) return 'it is not known whether it has members';
	if (!settings) return 'it is not known whether the organization settings give it to new members';
	return gives('organizationSettings', settings)
		? 'the organization settings give it to new members'
		: undefined;
}

/** Returns the fields that a due action writes to a record. */
const changeOf = (
	due: ConfigurationAction[],
	kind: KindName,
	key: string,
): ConfigurationValue | undefined =>
	due.find(
		({ recordKind, target, isSkipped }) => !isSkipped && recordKind.name === kind && target === key,
	)?.columns?.after as ConfigurationValue | undefined;

/**
 * Skips deletions of what will still be in use if these actions are carried out, and no others. Pure.
 *
 * @param actions - all of the plan
 */
export function keepUsed(
	actions: ConfigurationAction[],
	wanted: WantedRecord[],
	state: InstanceState,
): ConfigurationAction[] {
	const kept = actions.map((action) => {
		if (!isDueDeletion(action, 'organizationRole')) return action;
		const reason = reasonToKeepRole(action.target, state, wanted, actions);
		return reason === undefined ? action : keep(action, reason);
	});
	return keepUsedPermissions(kept, state);
}

const isDueDeletion = (
	{ action, recordKind, isSkipped }: ConfigurationAction,
	kind: KindName,
): boolean => action === 'delete' && recordKind.name === kind && !isSkipped;

const keep = (action: ConfigurationAction, reason: string): ConfigurationAction => ({
	...skip(action, `Is not in the input. Kept: ${reason}`),
	write: undefined,
});

/**
 * Skips the deletion of permissions that a role will still have, since Clerk takes a deleted permission
 * from every role. Pure.
 *
 * @param actions - all of the plan: those that are skipped change no role
 */
function keepUsedPermissions(
	actions: ConfigurationAction[],
	{ kinds }: InstanceState,
): ConfigurationAction[] {
	const roles = kinds.get('organizationRole');
	const created = actions.filter(
		({ action, recordKind, isSkipped }) =>
			action === 'create' && recordKind.name === 'organizationRole' && !isSkipped,
	);
	const permissionsAfter = ({ key, value }: StoredRecord): unknown =>
		actions.some((one) => isDueDeletion(one, 'organizationRole') && one.target === key)
			? []
			: (changeOf(actions, 'organizationRole', key)?.permissions ?? value.permissions);
	return actions.map((action) => {
		if (!isDueDeletion(action, 'organizationPermission')) return action;
		if (!roles || roles.unavailable !== undefined || roles.ambiguous.size > 0) {
			return keep(action, 'it is not known which roles have it');
		}
		const isOf = (permissions: unknown) => [permissions ?? []].flat().includes(action.target);
		const next = created.find(({ columns }) => isOf((columns?.after as ClerkRecord)?.permissions));
		if (next) return keep(action, `the new role ${next.target} has it`);
		const stored = [...roles.records.values()];
		const role = stored.find((one) => isOf(permissionsAfter(one)));
		if (role) return keep(action, `the role ${role.key} still has it`);
		const isUnknown = stored.some((one) => permissionsAfter(one) === undefined);
		return isUnknown ? keep(action, 'it is not known which roles have it') : action;
	});
}

const isWithoutMembers = ({ has_members: has, members_count: count }: ClerkRecord): boolean =>
	has === false
		? count === undefined || count === null || count === 0
		: has !== true && count === 0;
