import { labelled, listed } from './listed';
import { byId } from './modes';

/** Where Clerk takes a role by its ID; members and invitations name theirs by its key (`role`). */
export const roleId = listed({
	noun: 'role',
	displayName: 'Role',
	parameter: 'organizationRoleId',
	idMode: byId('role_2NNEqL2nrIRdJ194ndJqAHwEfxC'),
	method: 'searchRolesById',
	title: 'roles',
	path: '/organization_roles',
	searchedBy: 'query',
	label: ({ name, key }) => labelled(name, key),
});
