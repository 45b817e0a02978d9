import { orderOf } from '../http/pagination';
import { InvalidInputError, wireName } from '../operation';
import type { ApiRequest, ClerkRecord, Field, Mapping, QueryValue } from '../operation';
import { chunks } from '../operation/json';

/** How many values the API takes for one filter. */
export const LONGEST_LIST = 100;

/**
 * Splits a filter with more values than the API takes into several requests.
 * Values to leave out (`-user_…`) go with every request, or each would bring in what the others leave out.
 *
 * @throws InvalidInputError where no split gives the right answer
 */
export function splitLongLists(
	request: ApiRequest,
	{ query = [], returns }: Mapping,
): ApiRequest[] {
	const long = query.filter((field) => listOf(request, field).length > LONGEST_LIST);
	if (long.length === 0) return [request];
	const [field, another] = long;
	const refuse = (complaint: string) => new InvalidInputError(field.displayName, complaint);
	if (returns.kind !== 'list') throw refuse(`takes at most ${LONGEST_LIST} values`);
	if (another) {
		throw refuse(
			`and ${another.displayName} both have more than ${LONGEST_LIST} values; only one filter can`,
		);
	}
	const order = orderOf(request, returns.paging);
	const { sortable = [] } = returns.paging.order ?? {};
	if (order !== undefined && !sortable.includes(fieldOf(order))) {
		throw refuse(
			`has more than ${LONGEST_LIST} values, which take several calls; across them only the order by ${sortable.join(', ')} can be kept`,
		);
	}
	const name = wireName(field);
	const values = listOf(request, field);
	const excluded = values.filter((value) => value.startsWith('-'));
	const included = values.filter((value) => !value.startsWith('-'));
	const room = LONGEST_LIST - excluded.length;
	if (included.length === 0) throw refuse(`takes at most ${LONGEST_LIST} values to leave out`);
	if (room < 1) throw refuse(`takes at most ${LONGEST_LIST - 1} values to leave out beside others`);
	return chunks(included, room).map((part) => {
		const query: Record<string, QueryValue> = { ...request.query, [name]: [...part, ...excluded] };
		return { ...request, query };
	});
}

function listOf({ query = {} }: ApiRequest, field: Field): string[] {
	const value = query[wireName(field)];
	return Array.isArray(value) ? value : [];
}

/** Puts what several calls found into the order that one call would have had. */
export function sortRecords(records: ClerkRecord[], order: string): ClerkRecord[] {
	const direction = order.startsWith('-') ? -1 : 1;
	const field = fieldOf(order);
	// Who has no such time comes last, either way.
	const keyOf = (record: ClerkRecord) => Number(record[field] ?? Infinity * direction);
	return [...records].sort((a, b) => direction * (keyOf(a) - keyOf(b)) || 0);
}

const fieldOf = (order: string): string => order.replace(/^[+-]/, '');
