import { InvalidInputError, wireName } from '../operation';
import type { Field } from '../operation';
import { isObject } from '../operation/values';

/** Which fields of a form are filled in together, and which are not. */

/**
 * Rejects a field without the one that it needs. An emptied field needs none, unless both are parts of
 * one object, which would then lack a part that it must have.
 *
 * @throws InvalidInputError
 */
export function rejectIfNeededIsEmpty(fields: Field[], valueFor: (field: Field) => unknown): void {
	const isFilledIn = (field: Field) => (valueFor(field) ?? '') !== '';
	for (const field of fields) {
		if (valueFor(field) === undefined) continue;
		const needed = fields.find(({ name }) => name === field.needs);
		if (!needed || isFilledIn(needed)) continue;
		const sharesObject = objectOf(field) !== '' && objectOf(field) === objectOf(needed);
		if (isFilledIn(field) || sharesObject) {
			throw new InvalidInputError(field.displayName, `needs ${needed.displayName} as well`);
		}
	}
}

/** Returns the object that a field is a part of: `saml.login_hint` of `saml.login_hint.source`. */
const objectOf = (field: Field): string => wireName(field).split('.').slice(0, -1).join('.');

/**
 * Returns the value for a part of the request for which two fields are filled in, such as metadata as
 * typed fields and as JSON.
 *
 * @throws InvalidInputError for a name in both
 */
export function combine(first: unknown, second: unknown, { displayName }: Field): unknown {
	if (!isObject(first) || !isObject(second)) return second;
	const twice = Object.keys(first).find((name) => Object.hasOwn(second, name));
	if (twice === undefined) return { ...first, ...second };
	throw new InvalidInputError(displayName, `names "${twice}", which is already on the form above`);
}
