import type { Field } from '../operation';

/** Options that Clerk may have added to since this version: `open` of a field. */

/** The name of an algorithm or an event, as Clerk writes them. */
const NAME = /^[a-z][\w.-]{1,59}$/i;

/** A digest in the wrong column, which must not be sent as a name, nor shown. */
const DIGEST = /^[\da-f]{16,}$/i;

const plain = (name: string): string => name.toLowerCase().replace(/[^a-z\d]/g, '');

const valuesOf = ({ options = [] }: Field): string[] =>
	options.map((option) => ('value' in option ? String(option.value) : ''));

/** Whether a value that the options lack may be newer than they are, and no other spelling of one of them. */
export const mayBeNewer = (field: Field, value: unknown): value is string =>
	field.open === true &&
	typeof value === 'string' &&
	NAME.test(value) &&
	!DIGEST.test(value) &&
	!valuesOf(field).some((known) => plain(known) === plain(value));

/** Returns a hint for each of the values that the options of an open field lack. */
export const newerHints = (field: Field, values: unknown): string[] =>
	[values]
		.flat()
		.filter((value) => mayBeNewer(field, value))
		.map(
			(value) =>
				`'${field.displayName}': this version of the node does not know "${String(value)}", and passes it to Clerk as it is.`,
		);
