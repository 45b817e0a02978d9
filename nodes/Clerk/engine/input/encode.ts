import { tryToParseDateTime } from 'n8n-workflow';

import { InvalidInputError } from '../operation';
import type { Field, ParameterLocation } from '../operation';
import { isObject } from '../operation/json';

/** Encodes the value of a field for the wire, or rejects it with a message that names the field. */

export interface FieldContext {
	/** The time zone of dates without an offset, such as `Europe/Berlin`. */
	timezone: string;
	location: ParameterLocation;
}

type ToError = (reason: string) => InvalidInputError;

/**
 * Returns the value as Clerk takes it; a date is Unix milliseconds, or ISO text with `isoDate`.
 *
 * @param label - as messages name the field
 * @throws InvalidInputError for a value that its field cannot hold
 */
export function encode(
	field: Field,
	value: unknown,
	label: string,
	context: FieldContext,
): unknown {
	const invalid: ToError = (reason) => new InvalidInputError(label, reason);
	if (value === undefined) throw invalid('has no value: its expression gave undefined');
	if (value === null) {
		// In a body null clears a value; a path or a query has no null.
		if (context.location === 'body' || field.nullable) return null;
		throw invalid('has no value: its expression gave null');
	}
	if (field.encode === 'list' || field.type === 'multiOptions') {
		const list = toList(value, context, invalid);
		const { choices } = field;
		if (choices) for (const entry of list) rejectUnknownChoice(choices, entry, label);
		if (field.explode === false) return list.join(',');
		if (field.type !== 'multiOptions' || !field.options) return list;
		return list.map((entry) => readChoice(field, entry));
	}
	if (field.encode === 'address') return toAddress(value, invalid);
	switch (field.type) {
		case 'boolean':
			return toBoolean(value, invalid);
		case 'number':
			return toNumber(field, value, invalid);
		case 'dateTime':
			return toTimestamp(field, value, context, invalid);
		case 'json':
			return toJson(field, value, invalid);
		case 'options':
			return readChoice(field, toOption(field, value, context, invalid));
		default:
			return toText(value, context, invalid);
	}
}

/** Rejects empty text in a query: without its filter, the request would match every record. */
function toText(value: unknown, { location }: FieldContext, invalid: ToError): string {
	const text = stringify(value, invalid);
	if (text.trim() === '' && location === 'query') {
		throw invalid('is empty. Give a value, or remove the filter to list without it');
	}
	return text;
}

/** A bare name sorts in ascending order, as in the API. */
function toOption(field: Field, value: unknown, context: FieldContext, invalid: ToError): unknown {
	if (context.location !== 'query') return value;
	const text = toText(value, context, invalid);
	return field.encode === 'order' && /^\w/.test(text) ? `+${text}` : text;
}

function toAddress(value: unknown, invalid: ToError): string {
	const address = stringify(value, invalid).trim();
	if (address === '') throw invalid('is empty');
	return address;
}

function stringify(value: unknown, invalid: ToError): string {
	if (['string', 'number', 'boolean', 'bigint'].includes(typeof value)) return String(value);
	throw invalid(`needs text, but got ${describeValue(value)}`);
}

/** Returns one of the field's values, spelled exactly so. @throws InvalidInputError for any other value */
export function readChoice({ displayName, options = [] }: Field, value: unknown): string {
	const values = options.map((option) => ('value' in option ? String(option.value) : ''));
	rejectUnknownChoice(values, value, displayName);
	return value as string;
}

/** @throws InvalidInputError for a value that is not one of `values` */
function rejectUnknownChoice(values: string[], value: unknown, label: string): void {
	if (typeof value === 'string' && values.includes(value)) return;
	const isLong = typeof value === 'string' && value.length > LONGEST_CHOICE;
	const got = isLong ? 'something longer' : describeValue(value);
	throw new InvalidInputError(label, `needs one of ${values.join(', ')}, but got ${got}`);
}

/** A longer value can be a secret from the wrong column, such as a password hash, so messages do not repeat it. */
const LONGEST_CHOICE = 30;

/** Reads a boolean, or `true` or `false` as text in any case. @throws InvalidInputError for any other value, an empty one too */
export function toBoolean(value: unknown, invalid: ToError): boolean {
	const text = typeof value === 'string' ? value.trim().toLowerCase() : value;
	if (text === true || text === 'true') return true;
	if (text === false || text === 'false') return false;
	throw invalid(`needs true or false, but got ${describeValue(value)}`);
}

function toNumber({ typeOptions }: Field, value: unknown, invalid: ToError): number {
	const isText = typeof value === 'string' && value.trim() !== '';
	const number = typeof value === 'number' || isText ? Number(value) : NaN;
	const { minValue: min = -Infinity, maxValue: max = Infinity } = typeOptions ?? {};
	// n8n checks this in the editor only, not in expressions (docs/n8n-notes.md, 16).
	const isWhole = typeOptions?.numberPrecision === 0;
	const fits = isWhole ? Number.isSafeInteger(number) : Number.isFinite(number);
	if (!fits || number < min || number > max) {
		const kind = isWhole ? 'a whole number' : 'a number';
		throw invalid(`needs ${kind}${describeBounds(min, max)}, but got ${describeValue(value)}`);
	}
	return number;
}

function describeBounds(min: number, max: number): string {
	if (min > -Infinity && max < Infinity) return ` from ${min} to ${max}`;
	if (min > -Infinity) return ` of at least ${min}`;
	return max < Infinity ? ` of at most ${max}` : '';
}

/** Drops empty entries. An empty list is rejected in a query, for the reason of `toText`. */
function toList(value: unknown, { location }: FieldContext, invalid: ToError): string[] {
	const parts = Array.isArray(value) ? value : stringify(value, invalid).split(',');
	const texts = parts.map((part) => {
		if (part === null || part === undefined) throw invalid('contains an entry without a value');
		return stringify(part, invalid).trim();
	});
	const entries = texts.filter((entry) => entry !== '');
	if (entries.length === 0 && location === 'query') {
		throw invalid('is empty. Give a value, or remove the filter to list without it');
	}
	return entries;
}

/** Smaller numbers are taken for seconds: as milliseconds they would be before March 1973. */
const FIRST_MILLISECONDS = 1e11;

/** The latest time that a JavaScript date can hold. */
const LAST_MILLISECONDS = 8.64e15;

function toTimestamp(
	field: Field,
	value: unknown,
	{ timezone, location }: FieldContext,
	invalid: ToError,
): number | string | null {
	if (value === '') {
		if (location === 'body') return null;
		throw invalid('is empty. Give a date, or remove the filter to list without it');
	}
	const ms = toMilliseconds(value, timezone, invalid);
	return field.encode === 'isoDate' ? new Date(ms).toISOString() : ms;
}

function toMilliseconds(value: unknown, timezone: string, invalid: ToError): number {
	const isNumber =
		typeof value === 'number' || (typeof value === 'string' && /^\s*-?\d{5,}\s*$/.test(value));
	if (isNumber) {
		const ms = Number(value);
		if (Math.abs(ms) < FIRST_MILLISECONDS) {
			throw invalid(
				`needs a date or Unix milliseconds, but got ${String(value)}, which looks like seconds`,
			);
		}
		if (Math.abs(ms) <= LAST_MILLISECONDS) return Math.trunc(ms);
		throw invalid(`needs a date or Unix milliseconds, but got ${String(value)}`);
	}
	const ms = parseDate(value, timezone);
	if (ms === undefined) throw invalid(`needs a date, but got ${describeValue(value)}`);
	return ms;
}

/**
 * n8n's parser takes nearly everything for a date: "12" for today at noon, 2026-02-30 for 2 March
 * (docs/n8n-notes.md, 17). So text must start with year, month and day, and the day must exist.
 */
function parseDate(value: unknown, timezone: string): number | undefined {
	const text = typeof value === 'string' ? value.trim() : undefined;
	const [day] = /^\d{4}-\d{2}-\d{2}/.exec(text ?? '') ?? [];
	if (text !== undefined && day === undefined) return undefined;
	try {
		const date = tryToParseDateTime(value, timezone);
		return day === undefined || date.toISODate() === day ? date.toMillis() : undefined;
	} catch {
		return undefined;
	}
}

function toJson(field: Field, value: unknown, invalid: ToError): unknown {
	const parsed = typeof value === 'string' ? parseJson(value, invalid) : value;
	if (field.encode === 'object' && !isObject(parsed)) {
		throw invalid(
			`needs a JSON object such as { "plan": "pro" }, but got ${describeValue(parsed)}`,
		);
	}
	if (parsed === value) rejectUnserializable(parsed, invalid);
	return parsed;
}

/** An expression can give a value that JSON cannot hold, such as a function or an object that contains itself. */
function rejectUnserializable(value: unknown, invalid: ToError): void {
	let text: string | undefined;
	try {
		text = JSON.stringify(value);
	} catch {
		// Reported below.
	}
	if (text === undefined) throw invalid('holds something that cannot be written as JSON');
}

function parseJson(text: string, invalid: ToError): unknown {
	if (text.trim() === '') throw invalid('is empty. Use {} or remove the field');
	try {
		return JSON.parse(text);
	} catch (error) {
		throw invalid(`is not valid JSON: ${(error as Error).message}`);
	}
}

/** Describes a value for a message: at most 60 characters, and without the contents of an object, which can be secret. */
export function describeValue(value: unknown): string {
	if (value === undefined) return 'nothing';
	if (value === null) return 'null';
	if (Array.isArray(value)) return 'a list';
	if (typeof value === 'object') return 'an object';
	const text = typeof value === 'string' ? JSON.stringify(value) : String(value);
	return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
