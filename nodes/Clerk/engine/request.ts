import type { IDataObject, INodeParameterResourceLocator } from 'n8n-workflow';

import { readCollection } from './collections';
import { encode, InvalidInput } from './input';
import type { Surroundings } from './input';
import { nested } from './nesting';
import { isProcedure, methodOf, pathOf, placesOf, wireName } from './operation';
import { readOptions } from './options';
import type { Options } from './options';
import type {
	ApiRequest,
	Field,
	Locator,
	Mapping,
	Operation,
	Place,
	QueryValue,
} from './operation';
import { cellsOf, isLeftAlone, rowLabel, rowsOf, toMap } from './rows';
import { Upload } from './upload';
import type { FileRules } from './upload';

/** Form values → `ApiRequest`. Reading the parameters is the only thing here that is not pure. */

/** @throws InvalidInput */
export type OpenFile = (named: unknown, label: string, rules: FileRules) => Upload;

export type ReadParameter = (name: string, fallback: unknown) => unknown;

/** An id field as filled in; `resolve` turns what stands in it into an id. */
export class Reference {
	/** The id, or why there is none; set by `resolve`, at once where the form holds an id. */
	result: { id: string } | { problem: unknown } | undefined;

	constructor(
		readonly locator: Locator,
		readonly mode: string,
		readonly value: string,
		readonly label: string,
	) {
		if (!locator.finders?.some((finder) => finder.mode.name === mode)) this.result = { id: value };
	}

	get id(): string {
		if (!this.result) throw new InvalidInput(this.label, 'was not looked up');
		if ('problem' in this.result) throw this.result.problem;
		return this.result.id;
	}
}

/** One item's form, read and checked, with ids still to be looked up; by the names on the wire. */
export interface Form {
	path: Record<string, unknown>;
	query: Record<string, unknown>;
	body: Record<string, unknown>;
	/** What a procedure reads, by the names of the fields. */
	form: Record<string, unknown>;
	options: Options;
}

/** Name of the collection that holds the optional fields of a place. */
export function collectionOf(operation: Operation, place: Place): string {
	if (isProcedure(operation)) return 'additionalFields';
	const method = methodOf(operation);
	if (place === 'query' && method === 'GET' && !pathOf(operation).endsWith('}')) return 'filters';
	return method === 'PATCH' || method === 'PUT' ? 'updateFields' : 'additionalFields';
}

/** The fields of a collection; query and body may share one. */
export const fieldsIn = (operation: Operation, collection: string): Field[] =>
	placesOf(operation)
		.filter(([place]) => collectionOf(operation, place) === collection)
		.flatMap(([place, fields]) => fields.filter((field) => !isOnForm(field, place)));

/** Whether a field stands on the form itself, and not in a collection. */
export const isOnForm = (field: Field, place: Place): boolean =>
	place === 'path' || field.required === true || field.section === 'form';

/** @throws InvalidInput */
export function readForm(
	operation: Operation,
	read: ReadParameter,
	timezone: string,
	openFile: OpenFile,
	isFirst = true,
): Form {
	const form: Form = {
		path: {},
		query: {},
		body: {},
		form: {},
		options: readOptions(operation, read),
	};
	const collection = collectionReader(operation, read);
	for (const [place, fields] of placesOf(operation)) {
		for (const field of fields.filter(({ once }) => isFirst || !once)) {
			const value = isOnForm(field, place)
				? valueOnForm(field, read)
				: valueIn(collection(place), field);
			if (value === ABSENT) continue;
			const around = { timezone, place };
			const encoded = isToBeEmptied(field, value, operation, read, around)
				? []
				: readField(field, value, field.displayName, around, openFile);
			if (place === 'path' && encoded instanceof Reference && encoded.result) {
				encodeSegment(encoded.id, encoded.label);
			}
			form[place][keyOf(field, place)] = encoded;
		}
		refuseLonely(fields, (field) => form[place][keyOf(field, place)]);
	}
	return form;
}

/** Whether all rows of a required table are to be removed. @throws InvalidInput where there are rows all the same */
function isToBeEmptied(
	field: Field,
	value: unknown,
	operation: Operation,
	read: ReadParameter,
	around: Surroundings,
): boolean {
	if (field.emptiedBy === undefined || isProcedure(operation)) return false;
	const aid = operation.aids!.find(({ name }) => name === field.emptiedBy)!;
	if (encode(aid, read(aid.name, aid.default), aid.displayName, around) !== true) return false;
	if (rowsOf({ ...field, required: false }, value, field.displayName).length === 0) return true;
	throw new InvalidInput(field.displayName, `has rows, although ${aid.displayName} is on`);
}

/** What is sent goes by its name in the API, what a procedure reads by its own. */
const keyOf = (field: Field, place: Place): string =>
	place === 'form' ? field.name : wireName(field);

function readField(
	field: Field,
	value: unknown,
	label: string,
	around: Surroundings,
	openFile: OpenFile,
): unknown {
	const read = readValue(field, value, label, around, openFile);
	if (!isEmptied(read)) return read;
	if (field.neverEmpty) {
		throw new InvalidInput(
			label,
			'is empty, which would change nothing. Give a value, or remove it',
		);
	}
	if (field.required) throw new InvalidInput(label, 'is empty');
	return read;
}

const isEmptied = (read: unknown): boolean =>
	read === null || read === '' || (Array.isArray(read) && read.length === 0);

function readValue(
	field: Field,
	value: unknown,
	label: string,
	around: Surroundings,
	openFile: OpenFile,
): unknown {
	if (field.locator) return toReference(field, value, label, around);
	if (field.file) return openFile(value, label, field.file);
	if (field.type === 'fixedCollection') return readTable(field, value, label, around, openFile);
	return encode(field, value, label, around);
}

/** A table's ids are listed by their kind or given as they are, so none of them has to be looked up. */
function readTable(
	field: Field,
	value: unknown,
	label: string,
	around: Surroundings,
	openFile: OpenFile,
): unknown {
	if (value === null && around.place === 'body') return null;
	const cells = cellsOf(field);
	const rows = rowsOf(field, value, label).map((row, at) => {
		const entries = cells.flatMap((cell) => {
			const cellLabel = `${rowLabel(label, at)} ${cell.displayName}`;
			const given = row[cell.name];
			if (cell.required && (given === null || isLeftAlone(cell, given))) {
				throw new InvalidInput(cellLabel, 'is empty');
			}
			if (isLeftAlone(cell, given)) return [];
			const read = readField(cell, given, cellLabel, around, openFile);
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

/** What was emptied needs nothing, but as part of an object that lacks what it must have. @throws InvalidInput for a field without the one that it needs */
function refuseLonely(fields: Field[], valueFor: (field: Field) => unknown): void {
	const isFilledIn = (field: Field) => (valueFor(field) ?? '') !== '';
	for (const field of fields.filter(({ needs }) => needs !== undefined)) {
		if (valueFor(field) === undefined) continue;
		const needed = fields.find(({ name }) => name === field.needs);
		if (!needed || isFilledIn(needed)) continue;
		const isPartBeside = objectOf(field) !== '' && objectOf(field) === objectOf(needed);
		if (isFilledIn(field) || isPartBeside) {
			throw new InvalidInput(field.displayName, `needs ${needed.displayName} as well`);
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
): (place: Place) => Record<string, unknown> {
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
	if (field.required) throw new InvalidInput(field.displayName, 'is empty');
	return ABSENT;
}

function toReference(
	field: Field,
	value: unknown,
	label: string,
	{ place }: Surroundings,
): Reference | null {
	const isLocator = value !== null && typeof value === 'object' && 'mode' in value;
	const { mode, value: named } = isLocator
		? (value as INodeParameterResourceLocator)
		: { mode: 'id', value };
	// In a body an emptied id clears what was set.
	if (place === 'body' && !field.required && (named === '' || named === null)) return null;
	if (named === '') throw new InvalidInput(label, 'is empty');
	if (typeof named !== 'string' && !Number.isSafeInteger(named)) {
		throw new InvalidInput(label, `has no value: its expression gave ${kindOf(named)}`);
	}
	const text = String(named);
	if (text.trim() !== text) throw new InvalidInput(label, 'must not start or end with a blank');
	return new Reference(field.locator!, wayOfNaming(field.locator!, mode, text), text, label);
}

/** What an expression puts into the list mode was chosen from no list; an AI agent names people as people do. */
const wayOfNaming = ({ finders = [] }: Locator, mode: string, text: string): string =>
	(mode === 'list' && finders.find((finder) => finder.recognizes?.(text))?.mode.name) || mode;

const kindOf = (value: unknown): string => (value instanceof Object ? 'an object' : String(value));

/** Every id field of a form that the API has still to be asked for. */
export function openReferences(form: Form): Reference[] {
	const values = [form.path, form.query, form.body, form.form].flatMap((place) =>
		Object.values(place),
	);
	return values.filter((value) => value instanceof Reference && !value.result) as Reference[];
}

/** Every file of a form, each still to be checked. */
export const filesOf = (form: Form): Upload[] =>
	Object.values(form.body).filter((value) => value instanceof Upload);

/** @throws InvalidInput */
export function buildRequest(operation: Mapping, form: Form): ApiRequest {
	const query = { ...operation.always, ...settled(form.query) } as Record<string, QueryValue>;
	return {
		method: methodOf(operation),
		path: fillPath(pathOf(operation), form.path),
		...(Object.keys(query).length > 0 && { query }),
		...(operation.body && { body: bodyOf(operation.body, form) }),
		...(operation.answers && { accept: operation.answers }),
	};
}

/** Multipart has no null, only the text "null": beside a file, a part that was emptied does not go along. */
function bodyOf(fields: Field[], form: Form): IDataObject {
	const body = nested(settled(form.body));
	if (!fields.some(({ file }) => file)) return body as IDataObject;
	const parts = Object.entries(body).filter(([, value]) => value !== null);
	return Object.fromEntries(parts) as IDataObject;
}

/** With the ids that references were looked up for. */
export const settled = (values: Record<string, unknown>): Record<string, unknown> =>
	Object.fromEntries(
		Object.entries(values).map(([name, value]) => [
			name,
			value instanceof Reference ? value.id : value,
		]),
	);

/** Puts values into the `{names}` of a path. @throws InvalidInput for what would make it another path */
export function fillPath(template: string, values: Record<string, unknown>): string {
	return template.replace(/\{(\w+)\}/g, (_, name: string) => {
		const value = values[name];
		const isReference = value instanceof Reference;
		return encodeSegment(
			isReference ? value.id : String(value ?? ''),
			isReference ? value.label : name,
		);
	});
}

/** The same for a query, where a value that is a `{name}` stands for the whole. */
export const fillQuery = (
	query: Record<string, QueryValue>,
	values: Record<string, unknown>,
): Record<string, QueryValue> =>
	Object.fromEntries(
		Object.entries(query).map(([key, value]) => {
			const [, name] = /^\{(\w+)\}$/.exec(String(value)) ?? [];
			return [key, name ? (settled(values)[name] as QueryValue) : value];
		}),
	);

function encodeSegment(text: string, label: string): string {
	if (text === '') throw new InvalidInput(label, 'is empty');
	if (text === '.' || text === '..') throw new InvalidInput(label, `must not be "${text}"`);
	if (/\p{Surrogate}/u.test(text)) {
		throw new InvalidInput(label, 'contains half of a character, which no address can hold');
	}
	return encodeURIComponent(text);
}
