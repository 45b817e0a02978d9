import { normalizeListResponse } from '../../engine/http/pagination';
import type { ClerkRecord, Locator, QueryValue, SearchResult } from '../../engine/operation';
import { fillPath, fillQuery } from '../../engine/request/buildRequest';
import { contains } from './modes';

const PAGE = 50;

interface Listing extends Omit<Locator, 'search' | 'finders'> {
	/** The name of the search method in n8n, such as `searchMachines`. */
	method: string;
	/** As in "Choose from machines…". */
	title: string;
	/** The route that lists the records; its `{names}` are IDs from other locators of the form. */
	path: string;
	/** The parameter with the id for each `{name}` of the path and of the query. */
	within?: Record<string, string>;
	/** Sent with every page; a value `{name}` is replaced by an id of `within`. */
	query?: Record<string, QueryValue>;
	/** The query parameter for the typed text; without one, it is searched for in the labels of each page. */
	searchedBy?: string;
	/** Clerk returns the whole list at once and accepts no limit. */
	whole?: boolean;
	label(record: ClerkRecord): string;
	/** Returns the value of the parameter; by default the record's ID. */
	value?(record: ClerkRecord): unknown;
}

/** Returns a locator whose records are in a list of Clerk's. */
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
	...locator
}: Listing): Locator {
	const run: NonNullable<Locator['search']>['run'] = async ({ filter, page, chosen, send }) => {
		const ids: Record<string, string> = {};
		for (const [name, parameter] of Object.entries(within)) ids[name] = await chosen(parameter);
		const offset = Number(page ?? 0);
		const response = await send({
			method: 'GET',
			path: fillPath(path, ids),
			query: {
				...fillQuery(query, ids),
				...(!whole && { limit: PAGE, offset }),
				...(filter && searchedBy && { [searchedBy]: filter }),
			},
		});
		const { rows } = normalizeListResponse(response);
		const results = rows.map((row) => ({ name: label(row), value: String(value(row)) }));
		return {
			results: searchedBy
				? results
				: results.filter((row) => contains(`${row.name} ${row.value}`, filter)),
			paginationToken: !whole && rows.length === PAGE ? String(offset + PAGE) : undefined,
		} satisfies SearchResult;
	};
	return { ...locator, search: { method, title, run } };
}

/** Returns `Name (key)`, or only one of them if the other is missing. */
export const labelled = (name: unknown, key: unknown): string =>
	name ? (key ? `${String(name)} (${String(key)})` : String(name)) : String(key ?? '');
