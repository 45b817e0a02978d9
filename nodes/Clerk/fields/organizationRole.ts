import type { Field } from '../engine/operation';
import { PERMISSION_ID } from './ids';
import { locate, locators } from './locators';
import { orderBy } from './sorting';

/** Fields of permissions, roles and role sets, for the operations that create, update and list them. */

export const permissionId = locate('permission', {
	wire: 'permission_id',
	required: true,
	description: 'The permission, from the list or by ID',
});

export const organizationRoleId = locate('roleId', {
	required: true,
	description: 'The role, from the list or by ID',
});

export const roleSetId = locate('roleSet', {
	as: 'roleSetId',
	wire: 'role_set_key_or_id',
	required: true,
	description: 'The role set, from the list or by key or ID',
});

export const name: Field = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	description: 'The name that people see',
};

export const description: Field = {
	displayName: 'Description',
	name: 'description',
	type: 'string',
	default: '',
	description: 'What it is for',
};

const key = (placeholder: string, description: string): Field => ({
	displayName: 'Key',
	name: 'key',
	type: 'string',
	default: '',
	placeholder,
	description,
});

export const permissionKey = key(
	'e.g. org:invoices:manage',
	'Its name in code: org:feature:action, with lowercase letters, digits and underscores; not org:sys_…',
);

export const roleKey = key(
	'e.g. org:billing',
	'Its unique name in code: org: followed by lowercase letters, digits and underscores',
);

export const roleSetKey = key(
	'e.g. role_set:team',
	'Its unique name in code: role_set: followed by lowercase letters, digits and underscores',
);

export const permissions: Field = {
	displayName: 'Permission IDs',
	name: 'permissions',
	type: 'string',
	default: '',
	nullable: true,
	kind: PERMISSION_ID,
	placeholder: 'e.g. perm_1, perm_2',
	description:
		"The IDs of the role's permissions, separated by commas. An update replaces the existing ones.",
	encode: 'list',
};

export const roleKeys: Field = {
	displayName: 'Role Keys',
	name: 'roleKeys',
	type: 'string',
	default: '',
	placeholder: 'e.g. org:admin, org:member',
	description: 'The keys or names of 1 to 10 roles, separated by commas',
	encode: 'list',
	kind: 'role',
	listOf: locators.role,
};

export const defaultRoleKey = locate('role', {
	as: 'defaultRoleKey',
	displayName: 'Default Role',
	description: 'The role of new members; must be in the set',
});

export const creatorRoleKey = locate('role', {
	as: 'creatorRoleKey',
	displayName: 'Creator Role',
	description: 'The role of the user who creates an organization; must be in the set',
});

/** Filters and order of all three lists, which Clerk searches and sorts in the same way. */
export const filters: Field[] = [
	orderBy({ created_at: 'Created At', key: 'Key', name: 'Name' }),
	{
		displayName: 'Search',
		name: 'query',
		type: 'string',
		default: '',
		description: 'Part of a name or key, or a full ID',
	},
];
