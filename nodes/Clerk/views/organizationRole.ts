import { deep, view } from '../engine/operation/view';

/** What members of organizations may do: a permission, a role of several, and a set of roles to choose from. */

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
	deep('permissions'),
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
	deep('roles'),
	deep('defaultRole'),
	deep('creatorRole'),
	deep('roleSetMigration', ['mappings']),
	'createdAt',
	'updatedAt',
]);
