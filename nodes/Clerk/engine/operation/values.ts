import type { ClerkRecord } from './index';

/** Helpers for values of JSON. */

/** Splits a list into lists of at most `size` values, in their order. */
export const chunks = <T>(values: T[], size: number): T[][] =>
	Array.from({ length: Math.ceil(values.length / size) }, (_, index) =>
		values.slice(index * size, (index + 1) * size),
	);

/** Whether a value is an object of JSON, neither null nor a list. */
export const isObject = (value: unknown): value is ClerkRecord =>
	value !== null && typeof value === 'object' && !Array.isArray(value);

/** Whether two values are equal as JSON; the order of keys does not matter. */
export function isSame(one: unknown, other: unknown): boolean {
	if (one === null || other === null || typeof one !== 'object' || typeof other !== 'object') {
		return one === other;
	}
	const keys = Object.keys(one);
	return (
		Array.isArray(one) === Array.isArray(other) &&
		keys.length === Object.keys(other).length &&
		keys.every(
			(key) =>
				Object.hasOwn(other, key) && isSame((one as ClerkRecord)[key], (other as ClerkRecord)[key]),
		)
	);
}

/** Whether a text, or one of a list, has half of a character, which no address can hold. */
export const hasHalfCharacter = (value: unknown): boolean => /\p{Surrogate}/u.test(String(value));

/** What is wrong with it, after the name of the field. */
export const HALF_CHARACTER = 'contains half of a character, which a URL cannot contain';
