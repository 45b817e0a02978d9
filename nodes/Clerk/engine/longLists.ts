import { InvalidInput } from './input';
import { wireName } from './operation';
import type { ApiRequest, ClerkRecord, Field, Operation, QueryValue } from './operation';

/** How many values the API takes for one filter. */
const LONGEST_LIST = 100;

/**
 * Splits a filter with more values than the API takes into several requests.
 * Values to leave out (`-user_…`) go with every request, or each would bring in what the others leave out.
 *
 * @throws InvalidInput where no split gives the right answer
 */
export function splitLongLists(
	request: ApiRequest,
	{ query = [], returns }: Operation,
): ApiRequest[] {
	const long = query.filter((field) => listOf(request, field).length > LONGEST_LIST);
	if (long.length === 0) return [request];
	const [field, another] = long;
	const refuse = (complaint: string) => new InvalidInput(field.displayName, complaint);
	if (returns.kind !== 'list') throw refuse(`takes at most ${LONGEST_LIST} values`);
	if (another) {
		throw refuse(
			`and ${another.displayName} both have more than ${LONGEST_LIST} values; only one filter can`,
		);
	}
	const name = wireName(field);
	const values = listOf(request, field);
	const excluded = values.filter((value) => value.startsWith('-'));
	const included = values.filter((value) => !value.startsWith('-'));
	const room = LONGEST_LIST - excluded.length;
	if (room < 1 || included.length === 0)
		throw refuse(`can leave out at most ${LONGEST_LIST} values`);
	const parts: ApiRequest[] = [];
	for (let start = 0; start < included.length; start += room) {
		const query: Record<string, QueryValue> = {
			...request.query,
			[name]: [...included.slice(start, start + room), ...excluded],
		};
		parts.push({ ...request, query });
	}
	return parts;
}

function listOf({ query = {} }: ApiRequest, field: Field): string[] {
	const value = query[wireName(field)];
	return Array.isArray(value) ? value : [];
}

/** Puts what several calls found into the order that one call would have had. */
export function sorted(records: ClerkRecord[], order: string): ClerkRecord[] {
	const direction = order.startsWith('-') ? -1 : 1;
	const field = order.replace(/^[+-]/, '');
	const keyed = records.map((record) => ({ record, key: record[field] ?? Infinity * direction }));
	if (keyed.some(({ key }) => typeof key !== 'number')) {
		throw new InvalidInput(
			'Order By',
			`${order} is not kept across the calls that more than ${LONGEST_LIST} values take. Order by a time or a number, and sort afterwards`,
		);
	}
	return keyed
		.sort((a, b) => direction * ((a.key as number) - (b.key as number) || 0))
		.map(({ record }) => record);
}
