import { normalizeListResponse } from '../../engine/http/pagination';
import type { ClerkRecord, Locator, QueryValue, SearchResult } from '../../engine/operation';
import { fillPath, fillQuery } from '../../engine/request/buildRequest';
import { contains } from './modes';

const PAGE = 50;

interface Listing extends Omit<Locator, 'search' | 'finders'> {
	/** The name n8n calls the search by, such as `searchMachines`. */
	method: string;
	/** As in "Choose from machines…". */
	title: string;
	/** Where the records are listed; its `{names}` are ids that the form holds in other locators. */
	path: string;
	/** The locator that holds the id for each of the path's `{names}`, and for each of the `query`'s. */
	within?: Record<string, string>;
	/** Sent with every page; a value that is a `{name}` is an id of `within`. */
	query?: Record<string, QueryValue>;
	/** The query parameter that looks for what a person typed; without it, what was typed is looked for in the labels of each page. */
	searchedBy?: string;
	/** The API gives all there is at once, and takes no limit. */
	whole?: boolean;
	label(record: ClerkRecord): string;
	/** What names a record in Clerk's API; its ID, if nothing else is said. */
	value?(record: ClerkRecord): unknown;
}

/** A locator whose records one route of Clerk's lists. */
export function listed({
	method,
	title,
	path,
	within = {},
	query = {},
	searchedBy,
	whole = false,
	label,
	value = ({ id }) => id,
	...words
}: Listing): Locator {
	const run: NonNullable<Locator['search']>['run'] = async ({ filter, page, chosen, fetch }) => {
		const ids: Record<string, string> = {};
		for (const [name, parameter] of Object.entries(within)) ids[name] = await chosen(parameter);
		const offset = Number(page ?? 0);
		const answer = await fetch({
			method: 'GET',
			path: fillPath(path, ids),
			query: {
				...fillQuery(query, ids),
				...(!whole && { limit: PAGE, offset }),
				...(filter && searchedBy && { [searchedBy]: filter }),
			},
		});
		const { rows } = normalizeListResponse(answer);
		const results = rows.map((row) => ({ name: label(row), value: String(value(row)) }));
		return {
			results: searchedBy
				? results
				: results.filter((row) => contains(`${row.name} ${row.value}`, filter)),
			paginationToken: !whole && rows.length === PAGE ? String(offset + PAGE) : undefined,
		} satisfies SearchResult;
	};
	return { ...words, search: { method, title, run } };
}

/** `Name (key)`, or what there is of the two. */
export const labelled = (name: unknown, key: unknown): string =>
	name ? (key ? `${String(name)} (${String(key)})` : String(name)) : String(key ?? '');
