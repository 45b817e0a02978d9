import { InvalidInputError, wireName } from '../../engine/operation';
import type { Field, FormInput, Prepared, QueryValue, SetInput } from '../../engine/operation';
import { MAX_FILTER_VALUES } from '../../engine/request/longLists';
import type { Difference } from './comparison';
import { byFields, byUpdatedAt, NO_CHANGES } from './fields';
import type { FindChanges } from './fields';
import { compare } from './job';
import type { ComparedKind } from './kinds';
import { parseList, rowField, withoutEmptyItem } from './list';
import type { List } from './list';

/** Reads the form of a comparison and the list, before anything is sent. @param filters - those of the form @throws InvalidInputError */
export function prepareCompare(
	kind: ComparedKind,
	{ values, query }: FormInput,
	{ rows: items, timezone, toOutput }: SetInput,
	filters: Field[] = [],
): Prepared {
	rejectLongFilters(query, filters);
	const rows = withoutEmptyItem(items);
	const idFields = kind.ids.map(({ parameter, label }) => rowField(values[parameter], rows, label));
	const { findChanges, compared } = readCompareBy(kind, values, rows, timezone);
	const list = parseList(rows, kind, idFields, values.ignoreRowsWithoutId === true);
	rejectWithoutIds(list, kind);
	const options = {
		filters: query as Record<string, QueryValue>,
		onRequest: onRequest(kind, compared),
		findChanges,
		differences: new Set(values.report as Difference[]),
		bounds: { count: Number(values.maxGone), percent: Number(values.maxGonePercent) },
		expectedInstance: values.expectedInstance as string | undefined,
		toOutput,
	};
	return { execute: async (context) => await compare(kind, rows, list, options, context) };
}

/** Without any ID, every record would be reported as missing. */
function rejectWithoutIds({ items, invalid }: List, { ids }: ComparedKind): void {
	if (items.size > 0 || invalid.length === 0) return;
	const [{ item, reason }] = invalid;
	throw new InvalidInputError(
		ids.map(({ label }) => label).join(' or '),
		`names a field without IDs. Item ${item}: ${reason}`,
	);
}

interface CompareBy {
	findChanges: FindChanges;
	/** The fields of the view that are compared. */
	compared: string[];
}

function readCompareBy(
	{ view, notAlwaysSent = [] }: ComparedKind,
	values: FormInput['values'],
	rows: SetInput['rows'],
	timezone: string,
): CompareBy {
	if (values.compareBy === 'updatedAt') {
		const field = rowField(values.updatedAtField, rows, 'Updated At Field');
		return { findChanges: byUpdatedAt(field, timezone), compared: [] };
	}
	if (values.compareBy !== 'fields') return { findChanges: NO_CHANGES, compared: [] };
	const table = (values.comparedFields ?? []) as Array<{ field: string; clerk_field: string }>;
	if (table.length === 0) throw new InvalidInputError('Compared Fields', 'is empty');
	const pairs = table.map(({ field, clerk_field: clerk }, index) => ({
		listed: rowField(field, rows, `Compared Fields, row ${index + 1}: Field of the List`),
		clerk: clerk.trim(),
	}));
	return {
		findChanges: byFields(pairs, view, timezone, notAlwaysSent),
		compared: pairs.map(({ clerk }) => clerk),
	};
}

/** Returns the query for fields that are compared and that Clerk sends only on request. */
const onRequest = ({ onRequest: queries = {} }: ComparedKind, compared: string[]) =>
	Object.assign({}, ...compared.map((name) => queries[name])) as Record<string, QueryValue>;

/** Clerk takes no more values for a filter, and the records of the rest would seem gone. */
function rejectLongFilters(query: FormInput['query'], filters: Field[]): void {
	for (const field of filters) {
		const value = query[wireName(field)];
		if (Array.isArray(value) && value.length > MAX_FILTER_VALUES) {
			throw new InvalidInputError(field.displayName, `takes at most ${MAX_FILTER_VALUES} values`);
		}
	}
}
