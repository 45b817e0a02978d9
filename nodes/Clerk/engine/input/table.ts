import { InvalidInputError } from '../operation';
import type { Field } from '../operation';

/** A table in a form, such as the roles of a directory's groups; in n8n a fixed collection. */

type Row = Record<string, unknown>;

/** Returns the columns of a table; they are fields. */
export const columnsOf = ({ options = [] }: Field): Field[] =>
	options.flatMap((group) => ('values' in group ? (group.values as Field[]) : []));

/**
 * Returns the rows of a table, by the names of its columns. A list of rows is taken as it is, which
 * only callers other than n8n can give (docs/n8n-notes.md, 14).
 *
 * @throws InvalidInputError for rows that are not objects, for unknown columns, and for a required table without rows
 */
export function readRows(field: Field, value: unknown, label: string): Row[] {
	const [group] = (field.options ?? []).map(({ name }) => name);
	const isFilledIn = value !== null && typeof value === 'object' && !Array.isArray(value);
	const rows: unknown = isFilledIn ? ((value as Row)[group] ?? []) : value;
	if (!Array.isArray(rows)) throw new InvalidInputError(label, 'needs a list of rows');
	const names = columnsOf(field).map(({ name }) => name);
	rows.forEach((row: unknown, index) => rejectUnknownColumns(row, names, rowLabel(label, index)));
	if (field.required && rows.length === 0) throw new InvalidInputError(label, 'is empty');
	return rows as Row[];
}

/** Names a row in a message, counted from 1. */
export const rowLabel = (label: string, index: number): string => `${label}, row ${index + 1}:`;

function rejectUnknownColumns(row: unknown, names: string[], label: string): void {
	if (row === null || typeof row !== 'object' || Array.isArray(row)) {
		throw new InvalidInputError(label, 'needs an object of column names and values');
	}
	const unknown = Object.keys(row).find((name) => !names.includes(name));
	if (unknown === undefined) return;
	throw new InvalidInputError(label, `has no column "${unknown}". There are: ${names.join(', ')}`);
}

/** n8n fills in every cell of a row (docs/n8n-notes.md, 15), so one that holds its default counts as not filled in. */
export const isUntouched = (cell: Field, value: unknown): boolean => {
	const content = cell.locator && value instanceof Object ? (value as Row).value : value;
	const initial: unknown = cell.locator ? '' : cell.default;
	return content === undefined || content === initial || content === '';
};

/** Makes an object of the rows of a two-column table, each a name and its value; a row without a value gives null. @throws InvalidInputError for a name in two rows */
export function toMap(pairs: unknown[][], label: string): Record<string, unknown> {
	const names = pairs.map(([name]) => String(name));
	const repeated = names.find((name, index) => names.indexOf(name) !== index);
	if (repeated !== undefined) throw new InvalidInputError(label, `names "${repeated}" twice`);
	return Object.fromEntries(pairs.map(([name, value = null]) => [name, value]));
}
