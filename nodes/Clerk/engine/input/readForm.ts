import { collectionOf, fieldsIn, isOnForm } from '../form/layout';
import { Upload } from '../http/upload';
import { fieldsByLocation, InvalidInputError, isProcedure, wireName } from '../operation';
import type { Field, FileRules, Operation, Options, ParameterLocation } from '../operation';
import { encode } from './encode';
import type { FieldContext } from './encode';
import { encodeSegment } from './path';
import { readCollection } from './readCollection';
import type { ReadParameter } from './readCollection';
import { readOptions } from './readOptions';
import { Reference, toReference } from './reference';
import { columnsOf, isUntouched, readRows, rowLabel, toMap } from './table';

/** What one item's form holds: read, checked, and by the names on the wire. */

/** @throws InvalidInputError */
export type OpenFile = (named: unknown, label: string, rules: FileRules) => Upload;

/** One item's form, read and checked, with ids still to be looked up; by the names on the wire. */
export interface FormValues {
	path: Record<string, unknown>;
	query: Record<string, unknown>;
	body: Record<string, unknown>;
	/** What a procedure reads, by the names of the fields. */
	procedure: Record<string, unknown>;
	options: Options;
}

/** What one item's form says, checked field by field; what names a record may still have to be looked up. @throws InvalidInputError */
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
	};
	const collection = collectionReader(operation, read);
	for (const [location, fields] of fieldsByLocation(operation)) {
		for (const field of fields.filter(({ once }) => isFirst || !once)) {
			const value = isOnForm(field, location)
				? valueOnForm(field, read)
				: valueIn(collection(location), field);
			if (value === ABSENT) continue;
			const context = { timezone, location };
			const encoded = isToBeEmptied(field, value, operation, read, context)
				? []
				: readField(field, value, field.displayName, context, openFile);
			if (location === 'path' && encoded instanceof Reference && encoded.result) {
				encodeSegment(encoded.id, encoded.label);
			}
			values[location][keyIn(field, location)] = encoded;
		}
		rejectWithoutNeeded(fields, (field) => values[location][keyIn(field, location)]);
	}
	return values;
}

/** Whether all rows of a required table are to be removed. @throws InvalidInputError where there are rows all the same */
function isToBeEmptied(
	field: Field,
	value: unknown,
	operation: Operation,
	read: ReadParameter,
	context: FieldContext,
): boolean {
	if (field.emptiedBy === undefined || isProcedure(operation)) return false;
	const aid = operation.aids!.find(({ name }) => name === field.emptiedBy)!;
	if (encode(aid, read(aid.name, aid.default), aid.displayName, context) !== true) return false;
	if (readRows({ ...field, required: false }, value, field.displayName).length === 0) return true;
	throw new InvalidInputError(field.displayName, `has rows, although ${aid.displayName} is on`);
}

/** What is sent goes by its name in the API, what a procedure reads by its own. */
const keyIn = (field: Field, location: ParameterLocation): string =>
	location === 'procedure' ? field.name : wireName(field);

function readField(
	field: Field,
	value: unknown,
	label: string,
	context: FieldContext,
	openFile: OpenFile,
): unknown {
	const read = readValue(field, value, label, context, openFile);
	if (!isEmptied(read)) return read;
	if (field.neverEmpty) {
		const effect = field.neverEmpty === true ? 'would change nothing' : field.neverEmpty;
		throw new InvalidInputError(label, `is empty, which ${effect}. Give a value, or remove it`);
	}
	if (field.required) throw new InvalidInputError(label, 'is empty');
	return read;
}

const isEmptied = (read: unknown): boolean =>
	read === null || read === '' || (Array.isArray(read) && read.length === 0);

function readValue(
	field: Field,
	value: unknown,
	label: string,
	context: FieldContext,
	openFile: OpenFile,
): unknown {
	if (field.locator) return toReference(field, value, label, context);
	if (field.file) return openFile(value, label, field.file);
	if (field.type === 'fixedCollection') return readTable(field, value, label, context, openFile);
	return encode(field, value, label, context);
}

/** A table's ids are listed by their kind or given as they are, so none of them has to be looked up. */
function readTable(
	field: Field,
	value: unknown,
	label: string,
	context: FieldContext,
	openFile: OpenFile,
): unknown {
	if (value === null && context.location === 'body') return null;
	const cells = columnsOf(field);
	const rows = readRows(field, value, label).map((row, at) => {
		const entries = cells.flatMap((cell) => {
			const cellLabel = `${rowLabel(label, at)} ${cell.displayName}`;
			const given = row[cell.name];
			if (cell.required && (given === null || isUntouched(cell, given))) {
				throw new InvalidInputError(cellLabel, 'is empty');
			}
			if (isUntouched(cell, given)) return [];
			const read = readField(cell, given, cellLabel, context, openFile);
			return [[wireName(cell), read instanceof Reference ? read.id : read] as const];
		});
		return entries;
	});
	if (field.encode !== 'map') return rows.map((entries) => Object.fromEntries(entries));
	return toMap(
		rows.map((entries) => entries.map(([, cell]) => cell)),
		label,
	);
}

/** What was emptied needs nothing, but as part of an object that lacks what it must have. @throws InvalidInputError for a field without the one that it needs */
function rejectWithoutNeeded(fields: Field[], valueFor: (field: Field) => unknown): void {
	const isFilledIn = (field: Field) => (valueFor(field) ?? '') !== '';
	for (const field of fields) {
		if (valueFor(field) === undefined) continue;
		const needed = fields.find(({ name }) => name === field.needs);
		if (!needed || isFilledIn(needed)) continue;
		const isPartBeside = objectOf(field) !== '' && objectOf(field) === objectOf(needed);
		if (isFilledIn(field) || isPartBeside) {
			throw new InvalidInputError(field.displayName, `needs ${needed.displayName} as well`);
		}
	}
}

/** The object that a field is a part of: `saml.login_hint` of `saml.login_hint.source`. */
const objectOf = (field: Field): string => wireName(field).split('.').slice(0, -1).join('.');

const ABSENT = Symbol('absent');

/** Each is read once: whenever it is asked for one, n8n works out every expression in it. */
function collectionReader(
	operation: Operation,
	read: ReadParameter,
): (place: ParameterLocation) => Record<string, unknown> {
	const byName = new Map<string, Record<string, unknown>>();
	return (place) => {
		const name = collectionOf(operation, place);
		const known = byName.get(name) ?? readCollection(name, fieldsIn(operation, name), read);
		byName.set(name, known);
		return known;
	};
}

/** Presence decides: a field that was added is sent whatever it holds, so that everything can be cleared. */
const valueIn = (collection: Record<string, unknown>, { name }: Field): unknown =>
	Object.hasOwn(collection, name) ? collection[name] : ABSENT;

function valueOnForm(field: Field, read: ReadParameter): unknown {
	const value = read(field.name, field.default);
	const isEmpty = value === '' || value === undefined || value === null;
	if (!isEmpty || field.locator) return value;
	if (field.required) throw new InvalidInputError(field.displayName, 'is empty');
	return ABSENT;
}

/** Every id field of a form that the API has still to be asked for. */
export function openReferences(form: FormValues): Reference[] {
	const values = [form.path, form.query, form.body, form.procedure].flatMap((place) =>
		Object.values(place),
	);
	return values.filter((value) => value instanceof Reference && !value.result) as Reference[];
}

/** Every file of a form, each still to be checked. */
export const filesOf = (form: FormValues): Upload[] =>
	Object.values(form.body).filter((value) => value instanceof Upload);
