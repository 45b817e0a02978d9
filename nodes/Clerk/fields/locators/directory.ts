import type { ClerkRecord } from '../../engine/operation';
import { labelled, listed } from './listed';
import { textMode } from './modes';

/** Clerk's API has directories twice: under their current name and as SCIM directories, the older one. */

const label = ({ name, provider }: ClerkRecord): string => labelled(name, provider);

export const directory = listed({
	noun: 'directory',
	displayName: 'Directory',
	parameter: 'directoryId',
	idMode: textMode('id', 'By ID', 'e.g. the ID from Get Many'),
	method: 'searchDirectories',
	title: 'directories',
	path: '/directories',
	label,
});

export const scimDirectory = listed({
	noun: 'SCIM directory',
	displayName: 'SCIM Directory',
	parameter: 'scimDirectoryId',
	idMode: textMode('id', 'By ID', 'e.g. the ID from Get Many'),
	method: 'searchScimDirectories',
	title: 'SCIM directories',
	path: '/scim_directories',
	label,
});

const ofMappings = {
	noun: 'mapping',
	displayName: 'Group Role Mapping',
	parameter: 'mappingId',
	idMode: textMode('id', 'By ID', 'e.g. the ID from Get Group Role Mappings'),
	title: "the directory's mappings",
	whole: true,
};

const mappingLabel = (group: unknown, id: unknown, role: unknown): string =>
	`${String(group || id)} (${String((role as ClerkRecord | null | undefined)?.name ?? 'no role')})`;

export const directoryMapping = listed({
	...ofMappings,
	method: 'searchDirectoryMappings',
	path: '/directories/{directory_id}/group_role_mappings',
	within: { directory_id: 'directoryId' },
	label: ({ directory_group_display_name: group, directory_group_id: id, role }) =>
		mappingLabel(group, id, role),
});

export const scimMapping = listed({
	...ofMappings,
	method: 'searchScimMappings',
	path: '/scim_directories/{scim_directory_id}/group_role_mappings',
	within: { scim_directory_id: 'scimDirectoryId' },
	label: ({ scim_group_display_name: group, scim_group_id: id, role }) =>
		mappingLabel(group, id, role),
});
