import { InvalidInputError } from '../operation';
import type { Field } from '../operation';

/** A table in a form, such as the roles of a directory's groups: n8n calls it a fixed collection. */

type Row = Record<string, unknown>;

/** The columns of a table. */
export const columnsOf = ({ options = [] }: Field): Field[] =>
	options.flatMap((group) => ('values' in group ? (group.values as Field[]) : []));

/**
 * The rows of a table, as filled in or given as a list by an expression.
 *
 * @throws InvalidInputError
 */
export function readRows(field: Field, value: unknown, label: string): Row[] {
	const [group] = (field.options ?? []).map(({ name }) => name);
	const isFilledIn = value !== null && typeof value === 'object' && !Array.isArray(value);
	const rows: unknown = isFilledIn ? ((value as Row)[group] ?? []) : value;
	if (!Array.isArray(rows)) throw new InvalidInputError(label, 'needs a list of rows');
	const names = columnsOf(field).map(({ name }) => name);
	rows.forEach((row: unknown, at) => refuseUnknown(row, names, rowLabel(label, at)));
	if (field.required && rows.length === 0) throw new InvalidInputError(label, 'is empty');
	return rows as Row[];
}

/** How messages name a row; people count from 1. */
export const rowLabel = (label: string, at: number): string => `${label}, row ${at + 1}:`;

function refuseUnknown(row: unknown, names: string[], label: string): void {
	if (row === null || typeof row !== 'object' || Array.isArray(row)) {
		throw new InvalidInputError(label, 'needs an object of column names and values');
	}
	const unknown = Object.keys(row).find((name) => !names.includes(name));
	if (unknown === undefined) return;
	throw new InvalidInputError(label, `has no column "${unknown}". There are: ${names.join(', ')}`);
}

/** In a row every cell is there; what was left as it is says nothing, unless the row needs it. */
export const isUntouched = (cell: Field, value: unknown): boolean => {
	const filled = cell.locator && value instanceof Object ? (value as Row).value : value;
	const untouched: unknown = cell.locator ? '' : cell.default;
	return filled === undefined || filled === untouched || filled === '';
};

/** A table of two columns, a name and what it stands for, as an object; an empty one clears. @throws InvalidInputError */
export function toMap(pairs: unknown[][], label: string): Record<string, unknown> {
	const names = pairs.map(([name]) => String(name));
	const twice = names.find((name, at) => names.indexOf(name) !== at);
	if (twice !== undefined) throw new InvalidInputError(label, `names "${twice}" twice`);
	return Object.fromEntries(pairs.map(([name, value = null]) => [name, value]));
}
