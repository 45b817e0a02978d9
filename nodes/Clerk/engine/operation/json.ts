import type { ClerkRecord } from './index';

/** What a value is, as JSON has it; and lists of them. */

/** In their order, so many at a time. */
export const chunks = <T>(values: T[], size: number): T[][] =>
	Array.from({ length: Math.ceil(values.length / size) }, (_, at) =>
		values.slice(at * size, (at + 1) * size),
	);

/** Whether it has keys: no list, and not null. */
export const isObject = (value: unknown): value is ClerkRecord =>
	value !== null && typeof value === 'object' && !Array.isArray(value);

/** Whether two values are the same as JSON. */
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
