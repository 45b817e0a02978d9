import type { IDataObject } from 'n8n-workflow';

import { trimAround } from '../../engine/input/describe';
import { readEntry } from '../../engine/input/kinds';
import { InvalidInputError } from '../../engine/operation';
import { isObject } from '../../engine/operation/values';
import { valueAt } from '../shared/metadata';
import type { ComparedKind, IdPart } from './kinds';

/** The list of the input: its rows by the IDs of their records. */

/** Reads a field of a row. */
export interface RowField {
	/** As the row spells it. */
	name: string;
	read(row: IDataObject): unknown;
}

/** A row that names no record, or one that a row before names. */
export interface InvalidRow {
	item: number;
	reason: string;
}

export interface List {
	/** The items by the IDs of their records: `user_…`, or `org_… user_…`. */
	items: Map<string, number>;
	invalid: InvalidRow[];
	/** How many rows without an ID were left out. */
	ignored: number;
}

const SEPARATOR = ' ';

/** Returns the IDs of a record as one text; no ID has a blank. */
export const toKey = (ids: string[]): string => ids.join(SEPARATOR);

export const fromKey = (key: string): string[] => key.split(SEPARATOR);

/** A part of a path: `crm` and `Clerk ID` in `crm["Clerk ID"]`. */
const PART = /\[(["'])(.+?)\1\]|[^.[\]]+/g;

/**
 * Returns a reader of a field: by its name, or with dots that lead into objects. A field that is dragged
 * in has brackets where its name is no identifier: `crm['Clerk ID']` (docs/n8n-notes.md, 54).
 *
 * @throws InvalidInputError if no row has the field: a typo would make a difference of every row
 */
export function rowField(given: unknown, rows: IDataObject[], label: string): RowField {
	const name = String(given ?? '').trim();
	if (name === '') throw new InvalidInputError(label, 'is empty');
	const parts = [...name.matchAll(PART)].map(([part, , quoted]) => quoted ?? part);
	const path = parts.length > 0 ? parts : [name];
	const read = (row: IDataObject): unknown =>
		Object.hasOwn(row, name) ? row[name] : path.reduce<unknown>(valueAt, row);
	const [first] = path;
	const exists = (row: IDataObject) =>
		Object.hasOwn(row, path.length === 1 ? first : name) || read(row) !== undefined;
	if (rows.length > 0 && !rows.some(exists)) {
		const names = Object.keys(rows[0]).slice(0, 10).join(', ').slice(0, 200);
		const reason = `needs the name of a field, but no item has "${name.slice(0, 60)}"`;
		throw new InvalidInputError(label, `${reason}. The first item has: ${names}`);
	}
	return { name: path.join('.'), read };
}

/** Returns the rows, without the empty item that n8n's *Always Output Data* gives for none (docs/n8n-notes.md, 55). */
export function withoutEmptyItem(items: unknown[]): IDataObject[] {
	const rows = items.map((item) => (isObject(item) ? (item as IDataObject) : {}));
	return rows.length === 1 && Object.keys(rows[0]).length === 0 ? [] : rows;
}

/** Reads the IDs of all rows. @param fields - one for each ID of the kind */
export function parseList(
	rows: IDataObject[],
	{ ids }: ComparedKind,
	fields: RowField[],
	ignoreWithoutId: boolean,
): List {
	const list: List = { items: new Map(), invalid: [], ignored: 0 };
	rows.forEach((row, item) => {
		const given = fields.map(({ read }) => read(row));
		if (given.some(isBlank)) {
			const names = fields.filter((_, at) => isBlank(given[at])).map(({ name }) => name);
			if (ignoreWithoutId) list.ignored++;
			else list.invalid.push({ item, reason: `Has no ${names.join(' and no ')}` });
			return;
		}
		try {
			const key = toKey(ids.map((part, at) => readId(part, given[at], fields[at].name)));
			const first = list.items.get(key);
			if (first === undefined) list.items.set(key, item);
			else list.invalid.push({ item, reason: `Has the ID of item ${first} again` });
		} catch (error) {
			if (!(error instanceof InvalidInputError)) throw error as Error;
			list.invalid.push({ item, reason: error.message });
		}
	});
	return list;
}

const isBlank = (value: unknown): boolean =>
	value === undefined || value === null || (typeof value === 'string' && trimAround(value) === '');

/** Most IDs need no cleaning. */
const PLAIN = /^[\dA-Za-z]+$/;

function readId({ kind, prefix }: IdPart, value: unknown, label: string): string {
	const isPlain = typeof value === 'string' && value.startsWith(prefix);
	if (isPlain && PLAIN.test(value.slice(prefix.length))) return value;
	return readEntry(kind, value, label);
}
