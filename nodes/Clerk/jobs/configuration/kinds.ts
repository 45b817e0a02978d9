import { snakeCase } from '../../engine/operation';
import type { ClerkRecord, Paging } from '../../engine/operation';
import { fillPath } from '../../engine/request/buildRequest';
import {
	oldestFirstPaging,
	orderedPaging,
	paginatedPaging,
	unpagedPaging,
} from '../../fields/paging';
import { JWT_TEMPLATE, MACHINE_SCOPE, ROLE_SET } from './writtenKinds';
import type { ConfigurationField, Kind, KindName } from './model';

/**
 * The kinds of records that an export holds, in the order in which they are written: those that others
 * refer to come first. Only what the Backend API can both read and write.
 */

const text = (record: ClerkRecord, name: string): string => String(record[name] ?? '');

const keysOf = (records: unknown): unknown =>
	Array.isArray(records) ? records.map((one) => (one as ClerkRecord | null)?.key) : undefined;

const described: ConfigurationField[] = [
	{ name: 'name', type: 'text', required: true },
	{ name: 'description', type: 'text' },
];

/** How records of a list are created, changed and deleted by their IDs. */
const byId = (path: string, keyName: string): Pick<Kind, 'create' | 'change' | 'remove'> => ({
	create: ({ key, body }) => [{ method: 'POST', path, body: { ...body, [keyName]: key } }],
	change: ({ body, stored: { id } }) => [
		{ method: 'PATCH', path: fillPath(`${path}/{id}`, { id }), body },
	],
	remove: ({ id }) => ({ method: 'DELETE', path: fillPath(`${path}/{id}`, { id }) }),
});

/** Records that are nothing but their key: there is nothing to change. */
const keyOnly = (
	name: KindName,
	label: string,
	noun: string,
	path: string,
	paging: Paging,
	keyName: string,
): Kind => {
	const { create, remove } = byId(path, keyName);
	return {
		name,
		label,
		noun,
		path,
		paging,
		recordKey: (record) => text(record, keyName),
		isKeyReplaced: true,
		fields: [],
		create,
		remove,
	};
};

/** The one record of its kind, which is always there. */
const settings = (
	name: KindName,
	label: string,
	path: string,
	fields: ConfigurationField[],
): Kind => ({
	name,
	label,
	noun: 'settings',
	path,
	fields,
	change: ({ body }) => [{ method: 'PATCH', path, body }],
});

const flags = (...names: string[]): ConfigurationField[] =>
	names.map((name) => ({ name, type: 'flag' }));

/** A role that settings hold by its key, and take by its ID; an instance without organizations has none. */
const roleIn = (name: string): ConfigurationField => ({
	name,
	type: 'text',
	read: (record) => text(record, snakeCase(name)) || undefined,
	wire: `${snakeCase(name)}_id`,
	refersTo: 'organizationRole',
	sendsIds: true,
});

export const KINDS: Kind[] = [
	{
		name: 'organizationPermission',
		label: 'Organization Permissions',
		noun: 'permission',
		path: '/organization_permissions',
		paging: orderedPaging,
		recordKey: (record) => text(record, 'key'),
		// System permissions are the same everywhere, and stay as they are.
		isOwn: ({ type }) => type !== 'system',
		fields: described,
		usedBy: ['organizationRole'],
		...byId('/organization_permissions', 'key'),
	},
	{
		name: 'organizationRole',
		label: 'Organization Roles',
		noun: 'role',
		path: '/organization_roles',
		paging: orderedPaging,
		recordKey: (record) => text(record, 'key'),
		fields: [
			...described,
			{
				name: 'permissions',
				type: 'set',
				read: ({ permissions }) => keysOf(permissions),
				refersTo: 'organizationPermission',
				sendsIds: true,
			},
		],
		usedBy: ['roleSet', 'organizationSettings'],
		...byId('/organization_roles', 'key'),
	},
	ROLE_SET,
	settings('organizationSettings', 'Organization Settings', '/instance/organization_settings', [
		...flags('enabled', 'adminDeleteEnabled', 'domainsEnabled', 'slugDisabled'),
		{ name: 'maxAllowedMemberships', type: 'number' },
		{
			name: 'domainsEnrollmentModes',
			type: 'set',
			// Clerk shows that people can always invite by hand, and takes only the other two.
			read: ({ domains_enrollment_modes: modes }) =>
				Array.isArray(modes) ? modes.filter((mode) => mode !== 'manual_invitation') : undefined,
		},
		roleIn('creatorRole'),
		roleIn('domainsDefaultRole'),
	]),
	settings(
		'oauthApplicationSettings',
		'OAuth Application Settings',
		'/instance/oauth_application_settings',
		[
			...flags(
				'dynamicOauthClientRegistration',
				'oauthJwtAccessTokens',
				'clientIdMetadataDocumentsAdvertised',
				'clientIdMetadataDocumentsOnlyAllowPreRegisteredClients',
				'clientIdMetadataDocumentsBlockImplicitlyAllowedClients',
			),
			// Null, for the scopes that Clerk chooses, is an empty list in requests too.
			{ name: 'defaultScopes', type: 'set' },
		],
	),
	settings('communication', 'Communication', '/instance/communication', [
		{ name: 'blockedCountryCodes', type: 'set' },
	]),
	settings('protect', 'Protect', '/instance/protect', flags('rulesEnabled', 'specterEnabled')),
	settings('allowedOrigins', 'Allowed Origins', '/instance', [
		{ name: 'allowedOrigins', type: 'set' },
	]),
	JWT_TEMPLATE,
	keyOnly('redirectUrl', 'Redirect URLs', 'redirect URL', '/redirect_urls', paginatedPaging, 'url'),
	{
		...keyOnly(
			'allowlistIdentifier',
			'Allowlist',
			'allowlist entry',
			'/allowlist_identifiers',
			paginatedPaging,
			'identifier',
		),
		create: ({ key }) => [
			// A copy of the list invites no one.
			{ method: 'POST', path: '/allowlist_identifiers', body: { identifier: key, notify: false } },
		],
	},
	keyOnly(
		'blocklistIdentifier',
		'Blocklist',
		'blocklist entry',
		'/blocklist_identifiers',
		unpagedPaging,
		'identifier',
	),
	{
		name: 'oauthApplication',
		label: 'OAuth Applications',
		noun: 'OAuth application',
		path: '/oauth_applications',
		paging: oldestFirstPaging,
		recordKey: (record) => text(record, 'name'),
		// Those that registered themselves are not configuration.
		isOwn: ({ dynamically_registered: isDynamic }) => isDynamic !== true,
		fields: [
			{ name: 'redirectUris', type: 'set' },
			{ name: 'scopes', type: 'words' },
			...flags('consentScreenEnabled', 'pkceRequired', 'public'),
		],
		...byId('/oauth_applications', 'name'),
	},
	{
		name: 'machine',
		label: 'Machines',
		noun: 'machine',
		path: '/machines',
		paging: orderedPaging,
		recordKey: (record) => text(record, 'name'),
		fields: [{ name: 'defaultTokenTtl', type: 'number' }],
		...byId('/machines', 'name'),
	},
	MACHINE_SCOPE,
];

/** Returns these kinds, and those that must be known to write them: kinds that their fields refer to, and what tells whether a record is in use. */
export const withNeeded = (kinds: Kind[]): Kind[] => {
	const needed = new Set(
		kinds.flatMap(({ name, fields, usedBy = [] }) => [
			name,
			...fields.flatMap(({ refersTo }) => refersTo ?? []),
			...usedBy,
		]),
	);
	return KINDS.filter(({ name }) => needed.has(name));
};

/** Returns a kind by its name; undefined for any other text. */
export const kindNamed = (name: unknown): Kind | undefined =>
	KINDS.find((kind) => kind.name === name);

/** Returns the kinds that a form chose; all, if it chose none. */
export function chosenKinds(names: unknown): Kind[] {
	const chosen = (names ?? []) as string[];
	return chosen.length === 0 ? KINDS : KINDS.filter(({ name }) => chosen.includes(name));
}
