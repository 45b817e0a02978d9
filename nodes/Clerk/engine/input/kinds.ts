import { InvalidInputError } from '../operation';
import type { ValueKind } from '../operation';
import { describeValue, INVISIBLE, stringify, trimAround } from './describe';
import { toHalfWidth } from './halfWidth';
import { formatOf } from './valueFormats';
import type { ValueFormat, Refusal } from './valueFormats';
import { isJsonObject, parseArray, splitText, unquote } from './splitList';

export type { ValueKind } from '../operation';
export { describeIdentifier } from './valueFormats';

/**
 * The one reader of values that identify something: addresses, numbers, IDs, names, and lists of them.
 * It knows no n8n. What can be cleaned without a doubt is cleaned; all else is rejected by name, since
 * an entry that can match nothing protects, filters and invites nothing, without a word.
 */

/** A number as a spreadsheet shortens it: `1.75928847299117E+17`, in some countries with a comma. */
const SHORTENED = /^[+-]?(?:\d+[.,]\d+e[+-]?\d+|\d+e[+-]\d+)$/i;

const SHEET = 'Format the column as text in the sheet, and export it again';

/**
 * Rejects a number that identifies something and has lost digits: two records could become one.
 *
 * @throws InvalidInputError
 */
export function rejectShortened(value: unknown, label: string): void {
	const isUnsafe = typeof value === 'number' && !Number.isSafeInteger(value);
	const isShortened = typeof value === 'string' && SHORTENED.test(unquote(value));
	if (!isUnsafe && !isShortened) return;
	const reason = isUnsafe
		? `holds the number ${String(value)}, which cannot be an identifier: digits may be missing`
		: `holds ${describeValue(value)}, a shortened number, which cannot be an identifier`;
	throw new InvalidInputError(label, `${reason}. ${SHEET}`);
}

/**
 * Returns the entry in the one spelling Clerk keeps.
 *
 * @param kind - without one, text of any form, without blanks around it
 * @throws InvalidInputError naming the field, the entry, and what to write instead
 */
export function readEntry(kind: ValueKind | undefined, value: unknown, label: string): string {
	if (kind === undefined) return stringify(value, label).trim();
	if (typeof value === 'boolean') {
		throw new InvalidInputError(label, `needs text, but got ${String(value)}`);
	}
	const format = formatOf(kind);
	const typed = stringify(value, label);
	rejectShortened(value, label);
	const text = cleaned(kind, typed);
	if (text === '') throw new InvalidInputError(label, 'is empty');
	const read = text.length > (format.longest ?? LONGEST_ENTRY) ? {} : readNarrow(format, text);
	if (typeof read === 'string') return read;
	const hint = read.hint === undefined ? '' : `. ${read.hint}`;
	throw new InvalidInputError(
		label,
		`needs ${format.noun} such as ${format.example}, but got ${describeValue(typed.trim())}${hint}`,
	);
}

/**
 * Reads a text by its format. Wide characters are in no address, number or key that Clerk has, so that a text
 * with some is rejected with the one to write.
 */
function readNarrow(format: ValueFormat, text: string): string | Refusal {
	const read = format.read(text);
	const half = toHalfWidth(text);
	const isNarrow = half === text || (typeof read === 'string' && toHalfWidth(read) === read);
	if (isNarrow || format.mayBeWide || !format.isClosed) return read;
	const meant = format.read(half);
	return typeof meant === 'string' ? { hint: `Write it as ${meant}` } : {};
}

/** Removes what surrounds an entry and cannot be part of it. */
function cleaned(kind: ValueKind, typed: string): string {
	if (!formatOf(kind).isClosed) return trimAround(unquote(trimAround(typed)));
	const visible = trimAround(typed.replace(INVISIBLE, ''), ';,');
	// Quotes round the key of a rule say that it is meant literally.
	return kind === 'metadataRule' ? visible : trimAround(unquote(visible), ';,');
}

/** More than any entry has. A longer text is not held against a format, which could take long. */
const LONGEST_ENTRY = 1000;

/**
 * Reads a list as people type it: an array, JSON text of an array, or text split at commas and line
 * breaks, and at semicolons and tabs too where the kind has a closed format. Quotes round an entry and
 * blanks go, and so do empty entries.
 *
 * @param signs - whether an entry may begin with `+` or `-`, which it keeps
 * @throws InvalidInputError naming the field, the entry, and what to write instead
 */
export function readEntries(
	kind: ValueKind | undefined,
	value: unknown,
	label: string,
	signs = false,
): string[] {
	const isClosed = kind !== undefined && formatOf(kind).isClosed === true;
	const end = kind !== undefined ? formatOf(kind).end : undefined;
	const array = Array.isArray(value)
		? value
		: typeof value === 'string'
			? parseArray(value)
			: undefined;
	const entries = (array ?? [value]).flatMap((entry: unknown): unknown[] => {
		if (entry === null || entry === undefined) {
			throw new InvalidInputError(label, 'contains an entry without a value');
		}
		if (typeof entry !== 'string') return [entry];
		if (isJsonObject(entry)) {
			// A closed format rejects it with what to write instead.
			if (isClosed) return [entry];
			throw new InvalidInputError(label, 'needs text, but got an object');
		}
		// Before a comma in it is taken for a separator.
		if (kind !== undefined) rejectShortened(entry, label);
		if (end) return entry.split(end);
		if (isClosed) return splitClosed(entry.replace(INVISIBLE, ''));
		return array ? [entry] : splitOpen(kind, entry, label);
	});
	return entries
		.filter((entry) => typeof entry !== 'string' || unquote(trimAround(entry)) !== '')
		.map((entry) =>
			signs && typeof entry === 'string'
				? readSigned(kind, entry, label)
				: readEntry(kind, entry, label),
		);
}

/** What separates entries that can hold none of these; the last three are typed on Asian keyboards. */
const CLOSED_SEPARATOR = /[,;\t\n\v\f\r\u2028\u2029，；、]/;

const OPEN_SEPARATOR = /[,\n\r]/;

/** Quotes and brackets round the whole list go too. */
function splitClosed(text: string): string[] {
	const bare = unquote(text).replace(/^\[(.*)\]$/s, '$1');
	const parts = splitText(bare, CLOSED_SEPARATOR);
	if (parts.length === 1) return [bare === unquote(text) ? text : bare];
	return parts.flatMap((part) =>
		CLOSED_SEPARATOR.test(unquote(part)) && unquote(part) !== part.trim()
			? splitClosed(part)
			: [part],
	);
}

/** A semicolon or a tab can be part of such an entry, so an array alone says which is meant. */
function splitOpen(kind: ValueKind | undefined, text: string, label: string): string[] {
	if (/^\s*\[.*\]\s*$/s.test(text)) {
		throw new InvalidInputError(
			label,
			'needs a list such as ["a", "b"] or a, b, but got text in brackets that is not JSON',
		);
	}
	const entries = splitText(text, OPEN_SEPARATOR);
	const unclear = kind && entries.find((entry) => /[;\t]/.test(entry.trim()));
	if (unclear !== undefined) {
		throw new InvalidInputError(
			label,
			`needs commas or line breaks between its entries, but got ${describeValue(unclear.trim())}`,
		);
	}
	return entries.map(unquote);
}

/** A sign must be right before its entry: with a blank between, it could be the mark of a bullet list. */
function readSigned(kind: ValueKind | undefined, text: string, label: string): string {
	const [, sign, rest] = /^([+\u2212\u2013-]?)(.*)$/s.exec(unquote(trimAround(text)))!;
	if (sign === '') return readEntry(kind, rest, label);
	if (/^\s/.test(rest)) {
		throw new InvalidInputError(
			label,
			`needs a sign right before its entry: write -${rest.trim()} to leave it out, ${rest.trim()} to include it`,
		);
	}
	return `${sign === '+' ? '+' : '-'}${readEntry(kind, rest, label)}`;
}
