import { InvalidInputError } from '../operation';
import type { ClerkRecord, Field } from '../operation';
import { isObject } from '../operation/values';
import { describeValue } from './describe';
import { isHole } from './emptyValues';
import { encode } from './encode';
import type { FieldContext } from './encode';
import { parseKeyPath } from './keyPath';
import { rowLabel } from './table';

/** Typed fields, each with a name of the user's own; in n8n an assignment collection. */

interface Assignment {
	name: string;
	type: string;
	value?: unknown;
}

/** How a value is read, by n8n's types. */
const TYPES: Record<string, Pick<Field, 'type' | 'encode'>> = {
	string: { type: 'string' },
	number: { type: 'number' },
	boolean: { type: 'boolean' },
	array: { type: 'json' },
	object: { type: 'json', encode: 'object' },
};

/** Whether no row is filled in. @throws InvalidInputError for a value that has no rows */
export const hasNoAssignments = (value: unknown, label: string): boolean =>
	rowsIn(value, label).every(isBlank);

function rowsIn(value: unknown, label: string): Assignment[] {
	const isCollection = isObject(value) && Object.keys(value).every((key) => key === 'assignments');
	const rows: unknown = isCollection ? (value.assignments ?? []) : value;
	if (!Array.isArray(rows) || !rows.every(isObject)) {
		throw new InvalidInputError(
			label,
			'needs a list of fields, each with a name, a type and a value',
		);
	}
	return rows.map((row) => ({ type: 'string', ...row, name: String(row.name ?? '').trim() }));
}

/** n8n adds a row without a name for the user to fill in. */
const isBlank = ({ name, value }: Assignment): boolean => name === '' && isHole(value);

/**
 * Returns the object that the assignments stand for. A dot in a name leads into an object: `billing.plan`.
 * Null is kept, as it removes a key from metadata.
 *
 * @throws InvalidInputError for a value that is not of its type, and for a name that is given twice
 */
export function toObject(value: unknown, label: string, context: FieldContext): ClerkRecord {
	const entries = rowsIn(value, label).flatMap((row, index): Entry[] => {
		if (isBlank(row)) return [];
		const ofRow = rowLabel(label, index);
		if (row.name === '') throw new InvalidInputError(ofRow, 'has a value, but no name');
		return [[parseKeyPath(row.name, ofRow), readTyped(row, `${ofRow} ${row.name}`, context)]];
	});
	return nest(entries, label);
}

function readTyped(
	{ name, type, value }: Assignment,
	label: string,
	context: FieldContext,
): unknown {
	if (!Object.hasOwn(TYPES, type)) {
		throw new InvalidInputError(label, `cannot be of the type "${type}"`);
	}
	const field: Field = { ...TYPES[type], displayName: name, name, default: '', nullable: true };
	const read = encode(field, value, label, context);
	if (type === 'array' && read !== null && !Array.isArray(read)) {
		throw new InvalidInputError(
			label,
			`needs a list such as ["a", "b"], but got ${describeValue(read)}`,
		);
	}
	if (type === 'number' && Number.isInteger(read) && !Number.isSafeInteger(read)) {
		throw new InvalidInputError(label, 'is too large for a number without loss. Store it as text');
	}
	return read;
}

type Entry = [path: string[], value: unknown];

function nest(entries: Entry[], label: string): ClerkRecord {
	// A Map, because `__proto__` is a key like any other here.
	const groups = new Map<string, Entry[]>();
	for (const [[key, ...rest], value] of entries) {
		groups.set(key, [...(groups.get(key) ?? []), [rest, value]]);
	}
	return Object.fromEntries(
		[...groups].map(([key, within]) => {
			const leaf = within.find(([rest]) => rest.length === 0);
			if (!leaf) return [key, nest(within, label)];
			if (within.length > 1) throw new InvalidInputError(label, `names "${key}" twice`);
			return [key, leaf[1]];
		}),
	);
}
