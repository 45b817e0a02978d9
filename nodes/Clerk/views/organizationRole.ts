import { nested, view } from '../engine/operation/view';

/** Permissions, roles, which have several permissions, and role sets, which offer several roles. */

export const organizationPermission = view('organizationPermissions', [
	'id',
	'key',
	'name',
	'description',
	'type',
	'createdAt',
	'updatedAt',
]);

export const organizationRole = view('organizationRoles', [
	'id',
	'key',
	'name',
	'description',
	nested('permissions'),
	'isCreatorEligible',
	'createdAt',
	'updatedAt',
]);

export const roleSet = view('roleSets', [
	'id',
	'key',
	'name',
	'description',
	'type',
	nested('roles'),
	nested('defaultRole'),
	nested('creatorRole'),
	nested('roleSetMigration', ['mappings']),
	'createdAt',
	'updatedAt',
]);
