import { collectionOf, fieldsIn, isOnForm } from '../form/placement';
import { Upload } from '../http/upload';
import {
	fieldsByLocation,
	formOnlyFieldsOf,
	InvalidInputError,
	labelledField,
	wireName,
} from '../operation';
import type { Field, FileRules, Operation, Options, ParameterLocation } from '../operation';
import { isObject } from '../operation/values';
import { hasNoAssignments, toObject } from './assignments';
import { isEmptyOnWire, isLeftOut, rejectNothingToWrite } from './emptyValues';
import { encode } from './encode';
import type { FieldContext } from './encode';
import { encodeSegment } from './path';
import { newerHints } from './openList';
import { ABSENT, readCollection, readOptional } from './readCollection';
import type { ReadParameter } from './readCollection';
import { readOptions } from './readOptions';
import { Deferred, Reference, toReference, toReferences, unresolvedIn, withIds } from './reference';
import { combine, rejectIfNeededIsEmpty } from './relatedFields';
import { columnsOf, isUntouched, readRows, rejectEmptyTable, rowLabel, toMap } from './table';

/** Reads the form of one item and checks each field. */

/** Opens the file that a field names. @throws InvalidInputError */
export type OpenFile = (value: unknown, label: string, rules: FileRules) => Upload;

/** The checked values of one item, by their names in the API. Each locator is a `Reference`, which may still have to be resolved. */
export interface FormValues {
	path: Record<string, unknown>;
	query: Record<string, unknown>;
	body: Record<string, unknown>;
	/** The values of a procedure, by the names of its fields. */
	procedure: Record<string, unknown>;
	options: Options;
	/** The optional fields whose value is empty, without tables that a switch empties. */
	empty: Field[];
	/** Sentences to show beside the output. */
	hints: string[];
}

/**
 * Reads and checks all fields of one item. Sends nothing: references are resolved later.
 *
 * @param timezone - of dates without an offset
 * @param isFirst - whether fields marked `once` are read
 * @throws InvalidInputError
 */
export function readForm(
	operation: Operation,
	read: ReadParameter,
	timezone: string,
	openFile: OpenFile,
	isFirst = true,
): FormValues {
	const values: FormValues = {
		path: {},
		query: {},
		body: {},
		procedure: {},
		options: readOptions(operation, read),
		empty: [],
		hints: [],
	};
	const collection = collectionReader(operation, read);
	for (const [location, fields] of fieldsByLocation(operation)) {
		for (const listed of fields.filter(({ once }) => isFirst || !once)) {
			const field = labelledField(listed, fields, ({ name }) => read(name, undefined));
			const readValueOf = (one: Field) =>
				isOnForm(field, location)
					? readFromForm(one, read)
					: readOptional(collection(location, field), one, read);
			const value = readValueOf(field);
			const context = { timezone, location };
			const isEmptied = shouldEmpty(field, value, operation, readValueOf, context);
			const isAbsent = value === ABSENT || isLeftOut(field, value, location, values.options);
			if (isAbsent && !isEmptied) continue;
			const encoded = isEmptied
				? []
				: readField(field, value, field.displayName, context, openFile);
			if (location === 'path' && encoded instanceof Reference && encoded.result) {
				encodeSegment(encoded.id, encoded.label);
			}
			const key = keyFor(field, location);
			values[location][key] = combine(values[location][key], encoded, field);
			values.hints.push(...newerHints(field, encoded));
			if (clears(field, encoded) && !isEmptied) values.empty.push(field);
		}
		rejectIfNeededIsEmpty(fields, (field) => values[location][keyFor(field, location)]);
	}
	rejectNothingToWrite(operation, values);
	return values;
}

/** Whether the switch that empties a table is on. @throws InvalidInputError where the table has rows too */
function shouldEmpty(
	field: Field,
	value: unknown,
	operation: Operation,
	readValueOf: (field: Field) => unknown,
	context: FieldContext,
): boolean {
	const emptySwitch = switchOf(field, operation);
	const isOn = emptySwitch && readValueOf(emptySwitch);
	if (!emptySwitch || isOn === ABSENT) return false;
	if (encode(emptySwitch, isOn, emptySwitch.displayName, context) !== true) return false;
	if (value === ABSENT || readRows(field, value, field.displayName).length === 0) return true;
	throw new InvalidInputError(
		field.displayName,
		`has rows, although ${emptySwitch.displayName} is on`,
	);
}

/** Returns the switch that empties a table. */
const switchOf = ({ emptiedBy }: Field, operation: Operation): Field | undefined =>
	formOnlyFieldsOf(operation).find(({ name }) => name === emptiedBy);

/** Sent values have the name of the API, those of a procedure the name of the field. */
const keyFor = (field: Field, location: ParameterLocation): string =>
	location === 'procedure' ? field.name : wireName(field);

function readField(
	field: Field,
	value: unknown,
	label: string,
	context: FieldContext,
	openFile: OpenFile,
): unknown {
	const result = readValue(field, value, label, context, openFile);
	if (!isEmptyOnWire(result)) return result;
	if (field.neverEmpty) {
		const effect = field.neverEmpty === true ? 'would change nothing' : field.neverEmpty;
		throw new InvalidInputError(label, `is empty, which ${effect}. Enter a value, or remove it`);
	}
	if (field.required) throw new InvalidInputError(label, 'is empty');
	return result;
}

/** Whether sending the value clears what Clerk has. */
const clears = ({ required, nullKeeps }: Field, value: unknown): boolean =>
	isEmptyOnWire(value) && !required && !(nullKeeps && value === null);

function readValue(
	field: Field,
	value: unknown,
	label: string,
	context: FieldContext,
	openFile: OpenFile,
): unknown {
	if (field.locator) return toReference(field, value, label, context);
	if (field.listOf) {
		return toReferences(field.listOf, encode(field, value, label, context) as string[], label);
	}
	if (field.file) return openFile(value, label, field.file);
	if (field.type === 'fixedCollection') return readTable(field, value, label, context, openFile);
	if (field.type === 'assignmentCollection') return toObject(value, label, context);
	return encode(field, value, label, context);
}

function readTable(
	field: Field,
	value: unknown,
	label: string,
	context: FieldContext,
	openFile: OpenFile,
): unknown {
	const columns = columnsOf(field);
	const given = readRows(field, value, label);
	rejectEmptyTable(field, given, label);
	const rows = given.map((row, index) => {
		const entries = columns.flatMap((column) => {
			const cellLabel = `${rowLabel(label, index)} ${column.displayName}`;
			const cell = row[column.name];
			if (column.required && (cell === null || isUntouched(column, cell))) {
				throw new InvalidInputError(cellLabel, 'is empty');
			}
			if (isUntouched(column, cell)) return [];
			const read = readField({ nullable: true, ...column }, cell, cellLabel, context, openFile);
			return [[wireName(column), read] as const];
		});
		return Object.fromEntries(entries);
	});
	const references = rows.flatMap((row) => Object.values(row)).flatMap(unresolvedIn);
	return Deferred.of(references, () => {
		const resolved = rows.map(withIds);
		return field.encode === 'map' ? toMap(resolved.map(Object.values), label) : resolved;
	});
}

/** Reads each collection once: n8n evaluates all expressions in it each time (docs/n8n-notes.md, 12). */
function collectionReader(
	operation: Operation,
	read: ReadParameter,
): (location: ParameterLocation, field: Field) => Record<string, unknown> {
	const byName = new Map<string, Record<string, unknown>>();
	return (location, field) => {
		const name = collectionOf(operation, location, field);
		const collection = byName.get(name) ?? readCollection(name, fieldsIn(operation, name), read);
		byName.set(name, collection);
		return collection;
	};
}

function readFromForm(field: Field, read: ReadParameter): unknown {
	const value = read(field.name, field.default);
	const isBlank =
		value === '' || value === undefined || value === null || isBlankTable(field, value);
	if (!isBlank || field.locator) return value;
	if (field.required) throw new InvalidInputError(field.displayName, 'is empty');
	return ABSENT;
}

/** Whether an optional table on the form has no rows: one that is hidden is as its default. */
function isBlankTable({ type, required, displayName }: Field, value: unknown): boolean {
	if (type === 'assignmentCollection') return hasNoAssignments(value, displayName);
	const isTable = type === 'fixedCollection' && !required && isObject(value);
	return isTable && Object.keys(value).length === 0;
}

/** Returns the references that are still to be resolved by a request. */
export function unresolvedReferences(values: FormValues): Reference[] {
	const all = [values.path, values.query, values.body, values.procedure].flatMap((part) =>
		Object.values(part),
	);
	return all.flatMap(unresolvedIn);
}

/** Returns the files of an item, whose contents are still to be checked. */
export const filesOf = (values: FormValues): Upload[] =>
	Object.values(values.body).filter((value) => value instanceof Upload);
