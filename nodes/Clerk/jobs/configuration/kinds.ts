import type { ClerkRecord } from '../../engine/operation';
import { fillPath } from '../../engine/request/buildRequest';
import { orderedPaging, paginatedPaging } from '../../fields/paging';
import type { ConfigurationField, Kind } from './model';

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

export const KINDS: Kind[] = [
	{
		name: 'organizationPermission',
		label: 'Organization Permissions',
		noun: 'permission',
		path: '/organization_permissions',
		paging: orderedPaging,
		keyOf: (record) => text(record, 'key'),
		// System permissions are the same everywhere, and stay as they are.
		isOwn: ({ type }) => type !== 'system',
		fields: described,
		create: ({ key, body }) => [
			{ method: 'POST', path: '/organization_permissions', body: { ...body, key } },
		],
		change: ({ body, stored: { id } }) => [
			{ method: 'PATCH', path: fillPath('/organization_permissions/{id}', { id }), body },
		],
		remove: ({ id }) => ({
			method: 'DELETE',
			path: fillPath('/organization_permissions/{id}', { id }),
		}),
	},
	{
		name: 'organizationRole',
		label: 'Organization Roles',
		noun: 'role',
		path: '/organization_roles',
		paging: orderedPaging,
		keyOf: (record) => text(record, 'key'),
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
		create: ({ key, body }) => [
			{ method: 'POST', path: '/organization_roles', body: { ...body, key } },
		],
		change: ({ body, stored: { id } }) => [
			{ method: 'PATCH', path: fillPath('/organization_roles/{id}', { id }), body },
		],
		remove: ({ id }) => ({ method: 'DELETE', path: fillPath('/organization_roles/{id}', { id }) }),
	},
	{
		name: 'redirectUrl',
		label: 'Redirect URLs',
		noun: 'redirect URL',
		path: '/redirect_urls',
		paging: paginatedPaging,
		keyOf: (record) => text(record, 'url'),
		isKeyReplaced: true,
		fields: [],
		create: ({ key }) => [{ method: 'POST', path: '/redirect_urls', body: { url: key } }],
		remove: ({ id }) => ({ method: 'DELETE', path: fillPath('/redirect_urls/{id}', { id }) }),
	},
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

/** Returns the kinds that a form chose, or all. */
export const chosenKinds = (names: unknown): Kind[] =>
	names === undefined ? KINDS : KINDS.filter(({ name }) => (names as string[]).includes(name));
