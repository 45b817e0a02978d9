import type { View } from './view';
import type { QueryValue } from './wire';

/** What an operation returns: a record or a list, and how the list is read. */

/** How a list is read to its end; see `http/readList`. */
export interface Paging {
	/** The largest page that the API returns, in records. */
	pageSize: number;
	/** The API returns all records at once and takes neither a limit nor an offset. */
	whole?: boolean;
	/** Sent with every page, such as `paginated=true`. */
	always?: Record<string, QueryValue>;
	/**
	 * `sortable`: fields that are numbers in the records, so that records of several requests can be sorted by them.
	 * `fixed`: the one of them that never changes in a record, so that pages in its order can be read side by side.
	 */
	order?: { parameter: string; default: string; sortable: string[]; fixed?: string };
	/**
	 * The cursor of the list, and the orders in which it can be used. Without it, pages are read by offset.
	 * `bounds`: the filters on the fixed field of the order, by which a list is split into slices.
	 */
	cursor?: { parameter: string; orders: string[]; bounds?: { after: string; before: string } };
	/** The path that returns the total, where responses do not hold it. */
	countPath?: string;
	/** `array`, or the field of the response that holds the rows. Not used in a run: checked against Clerk's document by the judge, and shown in the registry. */
	shape: string;
}

export type Returns =
	{ kind: 'one'; view: View; ifNotFound: boolean } | { kind: 'list'; view: View; paging: Paging };

/** Returns a single record. `ifNotFound` adds the option to go on with an empty item when Clerk has no such record. */
export const one = (view: View, options: { ifNotFound?: boolean } = {}): Returns => ({
	kind: 'one',
	view,
	ifNotFound: options.ifNotFound ?? false,
});

/** Returns a list of records. */
export const list = (view: View, paging: Paging): Returns => ({ kind: 'list', view, paging });
