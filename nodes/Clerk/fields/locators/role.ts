import { normalizeListResponse } from '../../engine/http/pagination';
import type { Locator } from '../../engine/operation';
import { contains, textMode } from './modes';

const PAGE = 50;

/** Every instance starts with these, so a person can choose them before Clerk was asked, or where it refuses. */
const KNOWN = [
	{ name: 'Admin', key: 'org:admin' },
	{ name: 'Member', key: 'org:member' },
];

/** Roles go by their key; the API takes no ID of one. */
export const role: Locator = {
	noun: 'role',
	displayName: 'Role',
	parameter: 'role',
	idMode: textMode('id', 'By Key', 'e.g. org:member'),
	search: {
		method: 'searchRoles',
		title: 'roles',
		async run({ filter, page, fetch }) {
			const offset = Number(page ?? 0);
			const query = { limit: PAGE, offset, ...(filter && { query: filter }) };
			const known = KNOWN.filter(({ name, key }) => contains(`${name} ${key}`, filter));
			const asked = fetch({ method: 'GET', path: '/organization_roles', query });
			const answer = known.length > 0 ? asked.catch(() => undefined) : asked;
			const { rows } = normalizeListResponse(await answer);

			const nameOf = ({ name, key }: { name?: unknown; key?: unknown }) =>
				`${String(name)} (${String(key)})`;
			const first = known.map((role) => rows.find(({ key }) => key === role.key) ?? role);
			const others = rows.filter(({ key }) => !known.some((role) => role.key === key));
			const shown = page ? others : [...first, ...others];
			return {
				results: shown.map((role) => ({ name: nameOf(role), value: String(role.key) })),
				paginationToken: rows.length === PAGE ? String(offset + PAGE) : undefined,
			};
		},
	},
};
