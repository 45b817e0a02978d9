/** Dates in the output: Unix milliseconds, as Clerk has them, or ISO 8601. */

export type DateFormat = 'unix' | 'iso';

/** Smaller numbers are seconds: as milliseconds they would be before 1973, long before Clerk. */
export const FIRST_MILLISECONDS = 1e11;

/** Names of fields that hold a point in time, in camelCase. All other numbers stay. */
const DATE_NAME =
	/^(?:date|expiration|timestamp|at)$|(?:[a-z]At|(?:period|cycle|trial)(?:Start|End)|[a-z]Date)$/;

/** Objects whose keys users choose, which are none of Clerk's dates. */
const METADATA_NAME = /[mM]etadata$/;

/** Returns a Unix time, in milliseconds or seconds, in ISO 8601; null for one that is no date. */
export function toIsoDate(time: number): string | null {
	const date = new Date(time < FIRST_MILLISECONDS ? time * 1_000 : time);
	return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

/** Returns the value of a field, as a date if its name says that it is one. */
export const withIsoDate = (name: string, value: unknown): unknown =>
	typeof value === 'number' && DATE_NAME.test(name) ? (toIsoDate(value) ?? value) : value;

/**
 * Returns the value of a field, and at any depth all values in it, with dates in ISO 8601.
 *
 * @param kept - names of objects whose keys users choose, besides metadata
 */
export function withIsoDates(name: string, value: unknown, kept: string[]): unknown {
	if (Array.isArray(value)) return value.map((entry) => withIsoDates('', entry, kept));
	if (value === null || typeof value !== 'object') return withIsoDate(name, value);
	if (METADATA_NAME.test(name) || kept.includes(name)) return value;
	return Object.fromEntries(
		Object.entries(value).map(([key, inner]) => [key, withIsoDates(key, inner, kept)]),
	);
}
