import type { Field } from '../engine/operation';
import { locate } from './locators';

/**
 * Fields of directories, which provision users and roles from an identity provider (IdP). Clerk's API
 * has them twice: as `directories` and, under an older name, as `scim_directories`.
 */

export const directory = locate('directory', {
	required: true,
	description: 'The directory, from the list or by ID',
});

export const scimDirectory = locate('scimDirectory', {
	required: true,
	description: 'The directory, from the list or by ID',
});

const mapping = { required: true, description: 'The mapping of a group to a role' };
export const directoryMapping = locate('directoryMapping', mapping);
export const scimMapping = locate('scimMapping', mapping);

export const connection = locate('enterpriseConnection', {
	required: true,
	description: 'The enterprise connection of the users to provision',
});

export const name: Field = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	placeholder: 'e.g. Acme people',
	description: 'The name of the directory',
};

export const provider: Field = {
	displayName: 'Provider',
	name: 'provider',
	type: 'string',
	default: '',
	description:
		"Clerk's name for the identity provider. Get shows the one of an existing directory.",
};

/** Fields that an update can set. */
export const directorySettings: Field[] = [
	name,
	{
		displayName: 'Enabled',
		name: 'enabled',
		type: 'boolean',
		default: true,
		description: 'Whether the identity provider can send users and groups',
	},
	provider,
	{
		displayName: 'Attribute Mapping',
		name: 'attributeMapping',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Attribute',
		default: {},
		description:
			'Where each attribute is at the identity provider. Attributes you do not add stay as they are.',
		encode: 'map',
		options: [
			{
				name: 'entry',
				displayName: 'Attribute',
				values: [
					{
						displayName: 'Attribute',
						name: 'key',
						type: 'string',
						required: true,
						default: '',
						placeholder: 'e.g. first_name',
						description: "The user's attribute",
					},
					{
						displayName: 'Path',
						name: 'value',
						type: 'string',
						default: '',
						placeholder: 'e.g. name.givenName',
						description: 'Its path at the identity provider; leave empty to remove the attribute',
					},
				],
			},
		],
	},
	{
		displayName: 'Group Role Mapping',
		name: 'groupRoleMappingEnabled',
		type: 'boolean',
		default: true,
		description: 'Whether groups give their members roles, according to the mappings',
	},
];

/** Both resources use one parameter name, so that they share their fields; `wire` differs. */
const group = (kind: 'directory' | 'scim'): Field => ({
	displayName: 'Group ID',
	name: 'groupId',
	wire: `${kind}_group_id`,
	type: 'string',
	required: true,
	default: '',
	kind: 'externalId',
	description: 'The ID of the group at the identity provider',
});

const groupName = (kind: 'directory' | 'scim'): Field => ({
	displayName: 'Group Name',
	name: 'groupDisplayName',
	wire: `${kind}_group_display_name`,
	type: 'string',
	default: '',
	description: 'The name of the group, up to 255 characters',
});

const role = locate('roleId', {
	as: 'roleId',
	required: true,
	description: 'The role that members of the group get',
});

const precedence: Field = {
	displayName: 'Precedence',
	name: 'precedence',
	type: 'number',
	typeOptions: { minValue: 1, numberPrecision: 0 },
	default: '',
	description:
		'For a user in several groups, the lowest number wins, from 1. By default, the order of the mappings decides.',
};

/** Fields of a single mapping. */
export const directoryMappingFields: Field[] = [group('directory'), role, precedence];
export const scimMappingFields: Field[] = [group('scim'), role, precedence];

const table = (
	{ displayName, name, ...words }: Pick<Field, 'displayName' | 'name'> & Partial<Field>,
	cells: Field[],
) =>
	({
		displayName,
		name,
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Mapping',
		default: {},
		options: [{ name: 'entry', displayName: 'Mapping', values: cells }],
		...words,
	}) as Field;

/** The table of the mappings that a new directory starts with. */
const firstMappings = (kind: 'directory' | 'scim') =>
	table(
		{
			displayName: 'Group Role Mappings',
			name: 'groupRoleMappings',
			description: 'The role that each group gives its members',
		},
		[group(kind), groupName(kind), role, precedence],
	);

export const firstDirectoryMappings = firstMappings('directory');
export const firstScimMappings = firstMappings('scim');

/** The table of all mappings of a directory, which replaces its mappings. */
const allMappings = (kind: 'directory' | 'scim') =>
	table(
		{
			displayName: 'Mappings',
			name: 'mappings',
			required: true,
			emptiedBy: 'removeAllMappings',
			description:
				'The role that each group gives its members; the first match wins. Without mappings, nothing is sent unless Remove All Mappings is on.',
		},
		[group(kind), role],
	);

export const directoryMappings = allMappings('directory');
export const scimMappings = allMappings('scim');

/** A separate switch, so that an expression that finds no groups does not clear a directory. */
export const removeAllMappings: Field = {
	displayName: 'Remove All Mappings',
	name: 'removeAllMappings',
	type: 'boolean',
	default: false,
	description: 'Whether to remove all mappings; Mappings must then be empty',
};

export const replaceNotice = [
	'Permanently deletes all current mappings of the directory; members of groups without a new one lose their roles. The directory must have Group Role Mapping turned on.',
	'To remove all mappings, turn on Remove All Mappings.',
	'This cannot be undone. Under Options, Dry Run shows how many there are.',
];

export const keyNotice = [
	'Give the new key to the identity provider soon: the old one stops working after a short while.',
	'Only this output shows the new key.',
];

const LEGACY = 'a legacy name; the field of the new name must hold the same';

/** The older names of a mapping's fields, with `prefix` before each. */
export const legacyNames = (prefix = ''): Record<string, string> => ({
	[`${prefix}scim_group_id`]: LEGACY,
});

export const legacyNamesOfFirst = {
	...legacyNames('group_role_mappings.'),
	'group_role_mappings.scim_group_display_name': LEGACY,
};
