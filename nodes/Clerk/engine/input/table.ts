import { titleCase } from '../form/titleCase';
import { InvalidInputError } from '../operation';
import type { Field } from '../operation';
import { isObject } from '../operation/values';

/** A table in a form, such as the roles of a directory's groups; in n8n a fixed collection. */

type Row = Record<string, unknown>;

/** Returns the columns of a table; they are fields. */
export const columnsOf = ({ options = [] }: Field): Field[] =>
	options.flatMap((group) => ('values' in group ? (group.values as Field[]) : []));

/**
 * Returns the rows of a table, by the names of its columns. A list of rows is taken as it is, which
 * only callers other than n8n can give (docs/n8n-notes.md, 14).
 *
 * @throws InvalidInputError for rows that are not objects, and for unknown columns
 */
export function readRows(field: Field, value: unknown, label: string): Row[] {
	const [group] = (field.options ?? []).map(({ name }) => name);
	const hasGroup = isObject(value);
	const rows: unknown = hasGroup ? (value[group] ?? []) : (value ?? []);
	if (!Array.isArray(rows)) throw new InvalidInputError(label, 'needs a list of rows');
	const names = columnsOf(field).map(({ name }) => name);
	rows.forEach((row: unknown, index) => rejectUnknownColumns(row, names, rowLabel(label, index)));
	return rows as Row[];
}

/**
 * Rejects a table without rows. n8n empties one that an expression stands for (docs/n8n-notes.md, 14),
 * so an empty table never clears what Clerk has; its switch does.
 *
 * @throws InvalidInputError
 */
export function rejectEmptyTable({ emptiedBy }: Field, rows: Row[], label: string): void {
	if (rows.length > 0) return;
	const other = emptiedBy ? `turn on '${titleCase(emptiedBy)}'` : 'remove the table';
	throw new InvalidInputError(
		label,
		`is empty. Add a row, or ${other}. An expression can fill in its cells, but not the table itself`,
	);
}

/** Names a row in a message, counted from 1. */
export const rowLabel = (label: string, index: number): string => `${label}, row ${index + 1}:`;

function rejectUnknownColumns(row: unknown, names: string[], label: string): void {
	if (!isObject(row)) {
		throw new InvalidInputError(label, 'needs an object of column names and values');
	}
	const unknown = Object.keys(row).find((name) => !names.includes(name));
	if (unknown === undefined) return;
	throw new InvalidInputError(label, `has no column "${unknown}". There are: ${names.join(', ')}`);
}

/** n8n fills in every cell of a row (docs/n8n-notes.md, 15), so one that holds its default counts as not filled in. */
export const isUntouched = (column: Field, value: unknown): boolean => {
	const content = column.locator && value instanceof Object ? (value as Row).value : value;
	const initial: unknown = column.locator ? '' : column.default;
	return content === undefined || content === initial || content === '';
};

/** Makes an object of the rows of a two-column table, each a name and its value; a row without a value gives null. @throws InvalidInputError for a name in two rows */
export function toMap(pairs: unknown[][], label: string): Record<string, unknown> {
	const names = pairs.map(([name]) => String(name));
	const repeated = names.find((name, index) => names.indexOf(name) !== index);
	if (repeated !== undefined) throw new InvalidInputError(label, `names "${repeated}" twice`);
	return Object.fromEntries(pairs.map(([name, value = null]) => [name, value]));
}
