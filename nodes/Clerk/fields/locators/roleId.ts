import { labelled, listed } from './listed';
import { byId } from './modes';

/** A role by its ID. Members and invitations have the key of a role instead (`role`). */
export const roleId = listed({
	noun: 'role',
	displayName: 'Role',
	parameter: 'organizationRoleId',
	...byId('role_2NNEqL2nrIRd…'),
	method: 'searchRolesById',
	title: 'roles',
	path: '/organization_roles',
	searchedBy: 'query',
	label: ({ name, key }) => labelled(name, key),
});
