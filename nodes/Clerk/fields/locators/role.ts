import { normalizeListResponse } from '../../engine/http/pagination';
import type { Finder, Locator } from '../../engine/operation';
import { contains, textMode } from './modes';

const PAGE = 50;

/** The largest page of Clerk's lists, many times the number of roles that an instance can have. */
const MAX_ROLES = 500;

/** Whether a text is the key of a role, which is sent as it is. */
export const isRoleKey = (text: string): boolean => text.startsWith('org:');

/** Every instance starts with these roles, so the list offers them even if Clerk's roles cannot be read. */
export const KNOWN = [
	{ name: 'Admin', key: 'org:admin' },
	{ name: 'Member', key: 'org:member' },
];

/** Finds a role by its key, by what follows `org:` in it, or by its name, in upper or lower case. */
export const roleFinder: Finder = {
	mode: textMode('name', 'By Name', 'e.g. Member'),
	kind: 'role',
	batch: MAX_ROLES,
	recognizes: (value) => !isRoleKey(value),
	request: () => ({
		method: 'GET',
		path: '/organization_roles',
		query: { limit: MAX_ROLES },
	}),
	matches: ({ key, name }, value) => {
		const own = String(key).toLowerCase();
		const names = [own, own.replace(/^org:/, ''), String(name).toLowerCase()];
		return names.includes(value.trim().toLowerCase());
	},
	criterion: 'key or name',
	idOf: ({ key }) => key,
	whole: { fallback: KNOWN },
};

/** The value is the key of a role, which is what members and invitations take. */
export const role: Locator = {
	noun: 'role',
	displayName: 'Role',
	parameter: 'role',
	finders: [roleFinder],
	idMode: textMode('key', 'By Key', 'e.g. org:member'),
	search: {
		method: 'searchRoles',
		title: 'roles',
		async run({ filter, page, send }) {
			const offset = Number(page ?? 0);
			const query = { limit: PAGE, offset, ...(filter && { query: filter }) };
			const known = KNOWN.filter(({ name, key }) => contains(`${name} ${key}`, filter));
			const request = send({ method: 'GET', path: '/organization_roles', query });
			const response = known.length > 0 ? request.catch(() => undefined) : request;
			const { rows } = normalizeListResponse(await response);

			const labelOf = ({ name, key }: { name?: unknown; key?: unknown }) =>
				`${String(name)} (${String(key)})`;
			const first = known.map((role) => rows.find(({ key }) => key === role.key) ?? role);
			const others = rows.filter(({ key }) => !known.some((role) => role.key === key));
			const shown = page ? others : [...first, ...others];
			return {
				results: shown.map((role) => ({ name: labelOf(role), value: String(role.key) })),
				paginationToken: rows.length === PAGE ? String(offset + PAGE) : undefined,
			};
		},
	},
};
