import { labelled, listed } from './listed';
import { textMode } from './modes';

/** The value is the key of a role set: every route accepts it, and some accept nothing else. */
export const roleSet = listed({
	noun: 'role set',
	displayName: 'Role Set',
	parameter: 'roleSetKey',
	idMode: textMode('key', 'By Key', 'e.g. role_set:default'),
	method: 'searchRoleSets',
	title: 'role sets',
	path: '/role_sets',
	searchedBy: 'query',
	label: ({ name, key }) => labelled(name, key),
	value: ({ key }) => key,
});
