import { InvalidInputError } from '../operation';
import type { Field, ParameterLocation } from '../operation';
import { isObject } from '../operation/values';
import { toMilliseconds } from './date';
import { describeValue, stringify, trimAround } from './describe';
import { rejectExpressionText } from './expressionText';
import { findFault } from './jsonText';
import { readEntries, readEntry, rejectShortened } from './kinds';
import { mayBeNewer } from './openList';

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
	if (value === undefined) throw invalid('has no value: its expression returned undefined');
	if (value === null) {
		// A path or a query has no null.
		const isWritten = context.location === 'body' || context.location === 'procedure';
		if (field.nullable && isWritten) return null;
		// It has a message of its own.
		if (field.neverEmpty && context.location === 'body') return null;
		throw invalid('has no value: its expression returned null, which Clerk does not accept here');
	}
	if (!field.templates) rejectExpressionText(value, label);
	if (field.encode === 'asIs') return value;
	if (field.encode === 'list' || field.type === 'multiOptions') {
		return toList(field, value, label, context);
	}
	if (field.kind) return toEntry(field, value, label, context);
	if (field.encode === 'exact') rejectShortened(value, label);
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
			return readChoice(field, toOption(field, value, label, context));
		default:
			return toText(value, label, context);
	}
}

const EMPTY_FILTER = 'is empty. Enter a value, or remove the filter to list without it';
const EMPTY_OPTION = 'is empty. Choose a value, or remove the option';

/** Rejects empty text in a query: without its filter, the request would match every record. */
function toText(
	value: unknown,
	label: string,
	{ location }: FieldContext,
	empty = EMPTY_FILTER,
): string {
	const text = stringify(value, label);
	if (trimAround(text) === '' && location === 'query') throw new InvalidInputError(label, empty);
	return text;
}

/** Empty text clears a value, where the field is not required. */
function toEntry(field: Field, value: unknown, label: string, context: FieldContext): string {
	const isBlank = trimAround(stringify(value, label)) === '';
	if (!isBlank) return readEntry(field.kind, value, label);
	if (field.required) throw new InvalidInputError(label, 'is empty');
	return toText('', label, context);
}

/** Rejects an empty list in a query, for the same reason as in `toText`. */
function toList(
	field: Field,
	value: unknown,
	label: string,
	{ location }: FieldContext,
): string[] | string {
	const list = readEntries(field.kind, value, label, field.signs);
	if (list.length === 0 && location === 'query') throw new InvalidInputError(label, EMPTY_FILTER);
	const { choices } = field;
	if (choices) for (const entry of list) rejectUnknownChoice(choices, entry, label);
	if (field.explode === false) return list.join(',');
	if (field.type !== 'multiOptions' || !field.options) return list;
	return list.map((entry) => readChoice(field, entry));
}

/**
 * An expression may give a field to sort by without a sign, which the API takes as ascending; the
 * form's options all have one.
 */
function toOption(field: Field, value: unknown, label: string, context: FieldContext): unknown {
	if (context.location !== 'query') return value;
	const empty = field.section === 'options' ? EMPTY_OPTION : EMPTY_FILTER;
	const text = toText(value, label, context, empty);
	return field.encode === 'order' && /^\w/.test(text) ? `+${text}` : text;
}

/** Returns the value if it is exactly one of the field's options, or may be a newer one. @throws InvalidInputError for any other value */
export function readChoice(field: Field, value: unknown): string {
	if (mayBeNewer(field, value)) return value;
	const { displayName, options = [] } = field;
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

/** Reads a boolean, or `true` or `false` as text in any case. @throws InvalidInputError for any other value, including an empty one */
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

function toTimestamp(
	field: Field,
	value: unknown,
	{ timezone, location }: FieldContext,
	invalid: ToError,
): number | string | null {
	if (value === '') {
		if (field.nullable && location !== 'query') return null;
		const other =
			location === 'query' ? 'remove the filter to list without it' : 'remove the field';
		throw invalid(`is empty. Enter a date, or ${other}`);
	}
	const ms = toMilliseconds(value, timezone, invalid);
	return field.encode === 'isoDate' ? new Date(ms).toISOString() : ms;
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
	if (text === undefined) throw invalid('contains a value that cannot be written as JSON');
}

/** The message tells the place alone: the text can hold secrets. */
function parseJson(text: string, invalid: ToError): unknown {
	if (text.trim() === '') throw invalid('is empty. Use {} or remove the field');
	const fault = findFault(text);
	if (!fault) return JSON.parse(text) as unknown;
	const before = text.slice(0, fault.at).split('\n');
	const column = before[before.length - 1].length + 1;
	const place = `position ${fault.at} (line ${before.length}, column ${column})`;
	const cause = fault.cause === undefined ? '' : `: ${fault.cause}`;
	throw invalid(`is not valid JSON at ${place}${cause}. ${SAFE_JSON}`);
}

/** A value with a quote in it breaks out of a text template, and can add names to it. */
const SAFE_JSON = 'Safer than text is an object in an expression: {{ { plan: $json.plan } }}';
