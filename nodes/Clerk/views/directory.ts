import type { View, ViewField } from '../engine/operation';
import { each, nested, view } from '../engine/operation/view';

const directoryFields: ViewField[] = [
	'id',
	'name',
	'provider',
	'enabled',
	'enterpriseConnectionId',
	'endpointUrl',
	'apiKey',
	'groupRoleMappingEnabled',
	'attributeMapping',
	nested('customAttributes'),
	'createdAt',
	'updatedAt',
	'object',
];

export const directory = view('directories', directoryFields);
export const scimDirectory = view('scimDirectories', directoryFields);

/** Clerk returns each name twice, as directory and as SCIM; the name that fits the resource comes first. */
const mapping = (kind: string, other: string): View =>
	view('groupRoleMappings', [
		'id',
		`${kind}GroupId`,
		`${kind}GroupDisplayName`,
		nested('role'),
		'precedence',
		kind === 'scim' ? 'scimDirectoryId' : 'directoryId',
		'createdAt',
		'updatedAt',
		`${other}GroupId`,
		`${other}GroupDisplayName`,
		kind === 'scim' ? 'directoryId' : 'scimDirectoryId',
		'object',
	]);

export const directoryMapping = mapping('directory', 'scim');
export const scimMapping = mapping('scim', 'directory');

/** All mappings of a directory, in one item. */
const mappings = (one: View): View =>
	view(one.plural, [each('groupRoleMappings', one.fields, 'data')]);

export const directoryMappings = mappings(directoryMapping);
export const scimMappings = mappings(scimMapping);
