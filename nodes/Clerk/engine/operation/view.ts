import type { IDataObject } from 'n8n-workflow';

import { withIsoDate, withIsoDates } from './dates';
import type { DateFormat } from './dates';
import { snakeCase } from './field';
import type { ClerkRecord } from './wire';

/**
 * Clerk's JSON → the documented output. Values are copied as they are: what users stored (metadata,
 * JWT claims) keeps its own keys. A field that Clerk left out is null, so that every item has the
 * same columns.
 */

/** A field of an output: a name in camelCase, or a name with its source. `wire` is the name in the API. */
export type ViewField =
	| string
	| { name: string; wire: string }
	| { name: string; from: (record: ClerkRecord) => unknown; kept?: string[] }
	| { name: string; each: View; wire: string };

/** The fields of an output, in their order. */
export interface View {
	/** The resource's plural in camelCase: the key of an envelope. */
	plural: string;
	fields: ViewField[];
}

/** Defines the simplified output of a record. @param plural - the key of a list of such records, in camelCase */
export const view = (plural: string, fields: ViewField[]): View => ({ plural, fields });

/** Defines a field that is computed from the record. */
export const derived = (name: string, from: (record: ClerkRecord) => unknown): ViewField => ({
	name,
	from,
});

/** Defines a field that has another name in the API. */
export const called = (name: string, wire: string): ViewField => ({ name, wire });

/** Defines a field that holds a list of records. @param wire - its name in the API, if that differs */
export const each = (
	name: string,
	fields: ViewField[],
	wire: string = snakeCase(name),
): ViewField => ({ name, each: { plural: name, fields }, wire });

/**
 * Defines a field that holds an object or a list whose keys Clerk defines; they become camelCase at any depth.
 *
 * @param kept - names in the API, besides metadata, of objects whose keys users choose
 */
export const nested = (name: string, kept: string[] = []): ViewField => ({
	name,
	from: (record) => inCamelCase(record[wireNameOf(name)], kept),
	kept: kept.map(camelCase),
});

/** Returns the key of a field in the output. */
export const outputName = (field: ViewField): string =>
	typeof field === 'string' ? field : field.name;

/** Returns a view with only the named fields, in the order of the names. */
export const pickFields = ({ plural, fields }: View, names: string[]): View => ({
	plural,
	fields: [...new Set(names)].flatMap((name) =>
		fields.filter((field) => outputName(field) === name),
	),
});

/** Returns all fields of the view, in its order. */
export function simplify(
	record: ClerkRecord,
	{ fields }: View,
	dateFormat: DateFormat = 'unix',
): IDataObject {
	const output = { ...blankOf(fields) };
	for (const field of fields) {
		const value = readViewField(record, field, dateFormat);
		output[outputName(field)] = (
			dateFormat === 'iso' ? formatDates(field, value) : value
		) as IDataObject;
	}
	return output;
}

/** A field of Clerk's own object or list has dates at any depth; in all others, what it holds may be the users'. */
function formatDates(field: ViewField, value: unknown): unknown {
	const name = outputName(field);
	const kept = typeof field === 'object' && 'kept' in field ? field.kept : undefined;
	return kept ? withIsoDates(name, value, kept) : withIsoDate(name, value);
}

const blanks = new WeakMap<ViewField[], IDataObject>();

/** V8 makes a hash table of an object that grows key by key from the 17th key on, which takes three times the memory; a copy of a full object stays small. */
function blankOf(fields: ViewField[]): IDataObject {
	let blank = blanks.get(fields);
	if (!blank) {
		blank = Object.fromEntries(fields.map((field) => [outputName(field), null]));
		blanks.set(fields, blank);
	}
	return blank;
}

function readViewField(record: ClerkRecord, field: ViewField, dateFormat: DateFormat): unknown {
	if (typeof field === 'string') return record[wireNameOf(field)] ?? null;
	if ('from' in field) return field.from(record) ?? null;
	if (!('each' in field)) return record[field.wire] ?? null;
	const rows = record[field.wire];
	return Array.isArray(rows)
		? rows.map((row) => simplify(row as ClerkRecord, field.each, dateFormat))
		: [];
}

const wireNames = new Map<string, string>();

/** Cached, as it is called for each field of each record. */
function wireNameOf(name: string): string {
	let wire = wireNames.get(name);
	if (wire === undefined) wireNames.set(name, (wire = snakeCase(name)));
	return wire;
}

/** Returns a whole record in camelCase, for resources without a view of their own. */
export const wholeInCamelCase = (record: ClerkRecord): IDataObject =>
	inCamelCase(record, []) as IDataObject;

/** Users choose the keys in metadata, so they are kept. */
const METADATA = /_metadata$/;

function inCamelCase(value: unknown, kept: string[]): unknown {
	if (Array.isArray(value)) return value.map((entry) => inCamelCase(entry, kept));
	if (value === null || typeof value !== 'object') return value;
	return Object.fromEntries(
		Object.entries(value).map(([key, inner]) => [
			camelCase(key),
			METADATA.test(key) || kept.includes(key) ? inner : inCamelCase(inner, kept),
		]),
	);
}

const camelCase = (key: string): string =>
	// Looks from the start of a row of underscores only, or a long one would take its length squared.
	key.replace(/(?<!_)_+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
