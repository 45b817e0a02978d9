import { orderOf } from '../http/pagination';
import { InvalidInputError, wireName } from '../operation';
import type { ApiRequest, ClerkRecord, Field, Mapping, QueryValue } from '../operation';
import { chunks } from '../operation/values';

/** Most values that Clerk takes for one filter: https://clerk.com/docs/reference/backend-api */
export const MAX_FILTER_VALUES = 100;

/**
 * Splits a filter with more values than Clerk takes into several requests. Excluded values
 * (`-user_…`) go with each request, or one would return the records that another excludes.
 *
 * @throws InvalidInputError where a split cannot return the right records
 */
export function splitLongLists(
	request: ApiRequest,
	{ query = [], returns }: Mapping,
): ApiRequest[] {
	const long = query.filter((field) => filterValues(request, field).length > MAX_FILTER_VALUES);
	if (long.length === 0) return [request];
	const [field, another] = long;
	const invalid = (reason: string) => new InvalidInputError(field.displayName, reason);
	if (returns.kind !== 'list') throw invalid(`takes at most ${MAX_FILTER_VALUES} values`);
	if (another) {
		throw invalid(
			`and ${another.displayName} both have more than ${MAX_FILTER_VALUES} values; only one filter can`,
		);
	}
	const order = orderOf(request, returns.paging);
	const { sortable = [] } = returns.paging.order ?? {};
	if (order !== undefined && !sortable.includes(orderField(order))) {
		throw invalid(
			`has more than ${MAX_FILTER_VALUES} values, which take several calls; across them only the order by ${sortable.join(', ')} can be kept`,
		);
	}
	const name = wireName(field);
	const values = filterValues(request, field);
	const excluded = values.filter((value) => value.startsWith('-'));
	const included = values.filter((value) => !value.startsWith('-'));
	const includedPerRequest = MAX_FILTER_VALUES - excluded.length;
	if (included.length === 0)
		throw invalid(`takes at most ${MAX_FILTER_VALUES} values to leave out`);
	if (includedPerRequest < 1)
		throw invalid(`takes at most ${MAX_FILTER_VALUES - 1} values to leave out beside others`);
	return chunks(included, includedPerRequest).map((chunk) => {
		const query: Record<string, QueryValue> = { ...request.query, [name]: [...chunk, ...excluded] };
		return { ...request, query };
	});
}

function filterValues({ query = {} }: ApiRequest, field: Field): string[] {
	const value = query[wireName(field)];
	return Array.isArray(value) ? value : [];
}

/** Sorts the records of several requests as one request would have returned them. */
export function sortRecords<T extends ClerkRecord>(records: T[], order: string): T[] {
	const direction = order.startsWith('-') ? -1 : 1;
	const field = orderField(order);
	// Records without the time come last in both directions.
	const sortKey = (record: ClerkRecord) => Number(record[field] ?? Infinity * direction);
	return [...records].sort((a, b) => direction * (sortKey(a) - sortKey(b)) || 0);
}

const orderField = (order: string): string => order.replace(/^[+-]/, '');
