import { tryToParseDateTime } from 'n8n-workflow';

import { InvalidInputError } from '../operation';
import type { Field, ParameterLocation } from '../operation';
import { isObject } from '../operation/json';

/** What a form's field holds → what Clerk takes, or a sentence that says what is wrong with it. */

export interface FieldContext {
	/** Where a date without an offset is read, such as `Europe/Berlin`. */
	timezone: string;
	location: ParameterLocation;
}

type Complain = (complaint: string) => InvalidInputError;

/**
 * @returns the value for the wire
 * @throws InvalidInputError
 */
export function encode(
	field: Field,
	value: unknown,
	label: string,
	context: FieldContext,
): unknown {
	const complain: Complain = (complaint) => new InvalidInputError(label, complaint);
	if (value === undefined) throw complain('has no value: its expression gave undefined');
	if (value === null) {
		// In a body null clears; in an address there is no null.
		if (context.location === 'body' || field.nullable) return null;
		throw complain('has no value: its expression gave null');
	}
	if (field.encode === 'list' || field.type === 'multiOptions') {
		const list = toList(value, context, complain);
		const { choices } = field;
		if (choices) for (const entry of list) rejectOther(choices, entry, label);
		if (field.explode === false) return list.join(',');
		if (field.type !== 'multiOptions' || !field.options) return list;
		return list.map((entry) => readChoice(field, entry));
	}
	if (field.encode === 'address') return toAddress(value, complain);
	switch (field.type) {
		case 'boolean':
			return toBoolean(value, complain);
		case 'number':
			return toNumber(field, value, complain);
		case 'dateTime':
			return toTime(field, value, context, complain);
		case 'json':
			return toJson(field, value, complain);
		case 'options':
			return readChoice(field, toOption(field, value, context, complain));
		default:
			return toLine(value, context, complain);
	}
}

/** In a query an empty text would silently drop the filter and hit everybody, so it is refused there. */
function toLine(value: unknown, { location: place }: FieldContext, complain: Complain): string {
	const text = toText(value, complain);
	if (text.trim() === '' && place === 'query') {
		throw complain('is empty. Give a value, or remove the filter to list without it');
	}
	return text;
}

/** The API takes a bare name for the upward order. */
function toOption(
	field: Field,
	value: unknown,
	context: FieldContext,
	complain: Complain,
): unknown {
	if (context.location !== 'query') return value;
	const text = toLine(value, context, complain);
	return field.encode === 'order' && /^\w/.test(text) ? `+${text}` : text;
}

function toAddress(value: unknown, complain: Complain): string {
	const address = toText(value, complain).trim();
	if (address === '') throw complain('is empty');
	return address;
}

function toText(value: unknown, complain: Complain): string {
	if (['string', 'number', 'boolean', 'bigint'].includes(typeof value)) return String(value);
	throw complain(`needs text, but got ${describeValue(value)}`);
}

/** One of a field's values, and no other spelling of it. @throws InvalidInputError */
export function readChoice({ displayName, options = [] }: Field, value: unknown): string {
	const values = options.map((option) => ('value' in option ? String(option.value) : ''));
	rejectOther(values, value, displayName);
	return value as string;
}

/** @throws InvalidInputError for what is none of `values` */
function rejectOther(values: string[], value: unknown, label: string): void {
	if (typeof value === 'string' && values.includes(value)) return;
	const isLong = typeof value === 'string' && value.length > LONGEST_CHOICE;
	const got = isLong ? 'something longer' : describeValue(value);
	throw new InvalidInputError(label, `needs one of ${values.join(', ')}, but got ${got}`);
}

/** What is longer may come from another column, such as that of the passwords, and is not repeated. */
const LONGEST_CHOICE = 30;

/** A boolean, or the text of one; an expression that gave nothing is neither. */
export function toBoolean(value: unknown, complain: Complain): boolean {
	const text = typeof value === 'string' ? value.trim().toLowerCase() : value;
	if (text === true || text === 'true') return true;
	if (text === false || text === 'false') return false;
	throw complain(`needs true or false, but got ${describeValue(value)}`);
}

function toNumber({ typeOptions }: Field, value: unknown, complain: Complain): number {
	const isText = typeof value === 'string' && value.trim() !== '';
	const number = typeof value === 'number' || isText ? Number(value) : NaN;
	const { minValue: least = -Infinity, maxValue: most = Infinity } = typeOptions ?? {};
	// n8n's own word for it, which keeps the form from taking fractions, but no expression.
	const isWhole = typeOptions?.numberPrecision === 0;
	const fits = isWhole ? Number.isSafeInteger(number) : Number.isFinite(number);
	if (!fits || number < least || number > most) {
		const kind = isWhole ? 'a whole number' : 'a number';
		throw complain(`needs ${kind}${boundsOf(least, most)}, but got ${describeValue(value)}`);
	}
	return number;
}

function boundsOf(least: number, most: number): string {
	if (least > -Infinity && most < Infinity) return ` from ${least} to ${most}`;
	if (least > -Infinity) return ` of at least ${least}`;
	return most < Infinity ? ` of at most ${most}` : '';
}

/** As empty as an empty text. */
function toList(value: unknown, { location: place }: FieldContext, complain: Complain): string[] {
	const parts = Array.isArray(value) ? value : toText(value, complain).split(',');
	const texts = parts.map((part) => {
		if (part === null || part === undefined) throw complain('contains an entry without a value');
		return toText(part, complain).trim();
	});
	const entries = texts.filter((entry) => entry !== '');
	if (entries.length === 0 && place === 'query') {
		throw complain('is empty. Give a value, or remove the filter to list without it');
	}
	return entries;
}

/** Smaller numbers are seconds: as milliseconds they would lie before March 1973. */
const FIRST_MILLISECONDS = 1e11;

/** The last moment that a JavaScript date can hold. */
const LAST_MILLISECONDS = 8.64e15;

function toTime(
	field: Field,
	value: unknown,
	{ timezone, location: place }: FieldContext,
	complain: Complain,
): number | string | null {
	if (value === '') {
		if (place === 'body') return null;
		throw complain('is empty. Give a date, or remove the filter to list without it');
	}
	const ms = toMilliseconds(value, timezone, complain);
	return field.encode === 'isoDate' ? new Date(ms).toISOString() : ms;
}

function toMilliseconds(value: unknown, timezone: string, complain: Complain): number {
	const isNumber =
		typeof value === 'number' || (typeof value === 'string' && /^\s*-?\d{5,}\s*$/.test(value));
	if (isNumber) {
		const ms = Number(value);
		if (Math.abs(ms) < FIRST_MILLISECONDS) {
			throw complain(
				`needs a date or Unix milliseconds, but got ${String(value)}, which looks like seconds`,
			);
		}
		if (Math.abs(ms) <= LAST_MILLISECONDS) return Math.trunc(ms);
		throw complain(`needs a date or Unix milliseconds, but got ${String(value)}`);
	}
	const ms = parseDate(value, timezone);
	if (ms === undefined) throw complain(`needs a date, but got ${describeValue(value)}`);
	return ms;
}

/** n8n's parser makes a date of nearly everything: of "12" today at noon, of 30 February the second of March, of 01/02 one or the other. */
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

function toJson(field: Field, value: unknown, complain: Complain): unknown {
	const parsed = typeof value === 'string' ? parse(value, complain) : value;
	if (field.encode === 'object' && !isObject(parsed)) {
		throw complain(
			`needs a JSON object such as { "plan": "pro" }, but got ${describeValue(parsed)}`,
		);
	}
	if (parsed === value) ensureWritable(parsed, complain);
	return parsed;
}

/** An expression can give what no JSON can hold, such as an object that contains itself, or a function. */
function ensureWritable(value: unknown, complain: Complain): void {
	let text: string | undefined;
	try {
		text = JSON.stringify(value);
	} catch {
		// Said below.
	}
	if (text === undefined) throw complain('holds something that cannot be written as JSON');
}

function parse(text: string, complain: Complain): unknown {
	if (text.trim() === '') throw complain('is empty. Use {} or remove the field');
	try {
		return JSON.parse(text);
	} catch (error) {
		throw complain(`is not valid JSON: ${(error as Error).message}`);
	}
}

/** A value as a message shows it: short, and without what an object may hold. */
export function describeValue(value: unknown): string {
	if (value === undefined) return 'nothing';
	if (value === null) return 'null';
	if (Array.isArray(value)) return 'a list';
	if (typeof value === 'object') return 'an object';
	const text = typeof value === 'string' ? JSON.stringify(value) : String(value);
	return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
