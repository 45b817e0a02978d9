import type { IDataObject } from 'n8n-workflow';

import { snakeCase } from './field';
import type { ClerkRecord, QueryValue } from './wire';

/**
 * Clerk's JSON → the documented output. A field is taken as it is: what people stored (metadata,
 * JWT claims) keeps its own keys. A field that Clerk left out is null, so that every item has the
 * same columns.
 */

/** One field of an output: a name in camelCase, or a name with what it is made of. `wire`: the name in the API. */
export type ViewField =
	| string
	| { name: string; wire: string }
	| { name: string; from: (record: ClerkRecord) => unknown }
	| { name: string; each: View; wire: string };

/** Clerk's record → the documented output: the fields in their order, under their names. */
export interface View {
	/** The resource's plural in camelCase: the key of an envelope. */
	plural: string;
	fields: ViewField[];
}

/** How a list is read to its end; see `paging`. */
export interface Paging {
	/** Largest page the API gives. */
	pageSize: number;
	/** The API gives all there is at once, and takes neither a limit nor an offset. */
	whole?: boolean;
	/** Sent with every page, such as `paginated=true`. */
	always?: Record<string, QueryValue>;
	/** `sortable`: the fields whose order can be made again, because records hold them as numbers. */
	order?: { parameter: string; default: string; sortable: string[] };
	/** Where a cursor walks the list, and under which orders it may. Elsewhere pages go by offset. */
	cursor?: { parameter: string; orders: string[] };
	/** Where the total is asked for when answers do not carry it. */
	countPath?: string;
	/** `array`, or the field of the answer that holds the rows; for those who read the registry. */
	shape: string;
}

export type Returns =
	{ kind: 'one'; view: View; ifNotFound: boolean } | { kind: 'list'; view: View; paging: Paging };

/** A single record. `ifNotFound` offers to go on with an empty item when Clerk has none. */
export const one = (view: View, words: { ifNotFound?: boolean } = {}): Returns => ({
	kind: 'one',
	view,
	ifNotFound: words.ifNotFound ?? false,
});

/** Records, one page after the other. */
export const list = (view: View, paging: Paging): Returns => ({ kind: 'list', view, paging });

/** The fields of the simplified output, in its order. @param plural - what a list of such records is called */
export const view = (plural: string, fields: ViewField[]): View => ({ plural, fields });

/** A field that is made of others. */
export const derived = (name: string, from: (record: ClerkRecord) => unknown): ViewField => ({
	name,
	from,
});

/** A field under another name than the API's. */
export const called = (name: string, wire: string): ViewField => ({ name, wire });

/** A field that holds a list of records. @param wire - its name in the API, if it is another */
export const each = (
	name: string,
	fields: ViewField[],
	wire: string = snakeCase(name),
): ViewField => ({ name, each: { plural: name, fields }, wire });

/**
 * A field that holds an object or a list of Clerk's own: its keys, at any depth, become camelCase.
 *
 * @param kept - names in the API of what people fill with keys of their own, beside metadata
 */
export const deep = (name: string, kept: string[] = []): ViewField =>
	derived(name, (record) => inCamelCase(record[wireNameOf(name)], kept));

/** The key in the output. */
export const fieldName = (field: ViewField): string =>
	typeof field === 'string' ? field : field.name;

/** A view of some of the fields, in the order of the view. */
export const pickFields = ({ plural, fields }: View, names: string[]): View => ({
	plural,
	fields: fields.filter((field) => names.includes(fieldName(field))),
});

/** @returns an object of all fields of the view, in its order */
export function simplify(record: ClerkRecord, { fields }: View): IDataObject {
	const output = { ...blankOf(fields) };
	for (const field of fields)
		output[fieldName(field)] = readViewField(record, field) as IDataObject;
	return output;
}

const blanks = new WeakMap<ViewField[], IDataObject>();

/** An object that grows key by key is a hash table to V8 from the 17th on, and takes three times the memory; a copy is not. */
function blankOf(fields: ViewField[]): IDataObject {
	let blank = blanks.get(fields);
	if (!blank) {
		blank = Object.fromEntries(fields.map((field) => [fieldName(field), null]));
		blanks.set(fields, blank);
	}
	return blank;
}

function readViewField(record: ClerkRecord, field: ViewField): unknown {
	if (typeof field === 'string') return record[wireNameOf(field)] ?? null;
	if ('from' in field) return field.from(record) ?? null;
	if (!('each' in field)) return record[field.wire] ?? null;
	const rows = record[field.wire];
	return Array.isArray(rows) ? rows.map((row) => simplify(row as ClerkRecord, field.each)) : [];
}

const wireNames = new Map<string, string>();

/** Remembered, since it is asked once a field of every record. */
function wireNameOf(name: string): string {
	let wire = wireNames.get(name);
	if (wire === undefined) wireNames.set(name, (wire = snakeCase(name)));
	return wire;
}

/** A whole record, for those that have no view. */
export const wholeInCamelCase = (record: ClerkRecord): IDataObject =>
	inCamelCase(record, []) as IDataObject;

/** Under such names people store what they like, so what is in them keeps its keys. */
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
	key.replace(/_+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
