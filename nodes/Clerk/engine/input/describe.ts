import { InvalidInputError } from '../operation';

/** Values as text, and as messages show them. */

/** Characters that have no width and come with text copied from mails, pages and spreadsheets. */
export const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g;

const isAround = (character: string): boolean => /\s/.test(character) || SURROUNDS.test(character);

const SURROUNDS = new RegExp(INVISIBLE.source);

/** Returns a text without the blanks and the invisible characters round it, and without `more` after it. */
export function trimAround(text: string, more = ''): string {
	let start = 0;
	let end = text.length;
	while (start < end && isAround(text[start])) start++;
	while (end > start && (isAround(text[end - 1]) || more.includes(text[end - 1]))) end--;
	return text.slice(start, end);
}

/** The characters above, written out for a message. */
const showInvisible = (text: string): string =>
	text.replace(
		INVISIBLE,
		(character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);

/** Describes a value for a message: cut to 60 characters, and without the contents of an object, which can be secret. */
export function describeValue(value: unknown): string {
	if (value === undefined) return 'nothing';
	if (value === null) return 'null';
	if (Array.isArray(value)) return 'a list';
	if (typeof value === 'object') return 'an object';
	const text = typeof value === 'string' ? showInvisible(JSON.stringify(value)) : String(value);
	return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

/** Returns a value as text. @throws InvalidInputError for an object, a list and a function */
export function stringify(value: unknown, label: string): string {
	if (['string', 'number', 'boolean', 'bigint'].includes(typeof value)) return String(value);
	throw new InvalidInputError(label, `needs text, but got ${describeValue(value)}`);
}
