import { labelled, listed } from './listed';
import { byId } from './modes';

export const permission = listed({
	noun: 'permission',
	displayName: 'Permission',
	parameter: 'organizationPermissionId',
	...byId('perm_2NNEqL2nrIRd…'),
	method: 'searchPermissions',
	title: 'permissions',
	path: '/organization_permissions',
	searchedBy: 'query',
	label: ({ name, key }) => labelled(name, key),
});
