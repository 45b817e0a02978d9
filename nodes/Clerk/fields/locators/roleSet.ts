import { labelled, listed } from './listed';
import { textMode } from './modes';

/** Role sets go by their key wherever the API takes one, and some routes take nothing else. */
export const roleSet = listed({
	noun: 'role set',
	displayName: 'Role Set',
	parameter: 'roleSetKey',
	idMode: textMode('id', 'By Key', 'e.g. role_set:default'),
	method: 'searchRoleSets',
	title: 'role sets',
	path: '/role_sets',
	searchedBy: 'query',
	label: ({ name, key }) => labelled(name, key),
	value: ({ key }) => key,
});
