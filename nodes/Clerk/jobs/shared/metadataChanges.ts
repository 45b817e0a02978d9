import { InvalidInputError } from '../../engine/operation';
import { isObject, isSame } from '../../engine/operation/json';

/** What has to be sent so that stored metadata becomes what is wanted, and no more than that. Pure. */

export type Metadata = { readonly [key: string]: unknown };

const at = (stored: unknown, key: string): unknown =>
	isObject(stored) && Object.hasOwn(stored, key) ? stored[key] : undefined;

/** Through entries, because `__proto__` is a key like any other to somebody's metadata. */
type Entries = Array<[key: string, value: unknown]>;

/**
 * What a merge of `wanted` changes, as the smallest body of a merge: null removes a key.
 *
 * @returns undefined where it changes nothing
 */
export function mergeNeeded(stored: unknown, wanted: Metadata): Metadata | undefined {
	const needed = Object.entries(wanted).flatMap(([key, value]): Entries => {
		const now = at(stored, key);
		if (value === null) return now === undefined ? [] : [[key, null]];
		if (isObject(value) && isObject(now)) {
			const inner = mergeNeeded(now, value);
			return inner ? [[key, inner]] : [];
		}
		return isSame(now, value) ? [] : [[key, value]];
	});
	return needed.length > 0 ? Object.fromEntries(needed) : undefined;
}

/** What a replacement has to store; undefined where that is what is there. */
export const replacementNeeded = (stored: unknown, wanted: Metadata): Metadata | undefined =>
	isSame(stored ?? {}, wanted) ? undefined : wanted;

/**
 * `billing.customerId` → the names on the way to a key; a backslash before a dot makes it part of a
 * name.
 *
 * @throws InvalidInputError
 */
export function toPath(text: string, label: string): string[] {
	const names = [''];
	for (const [token] of text.matchAll(/\\[.\\]|[^]/g)) {
		if (token === '.') names.push('');
		else names[names.length - 1] += token.length > 1 ? token.slice(1) : token;
	}
	if (names.includes('')) throw new InvalidInputError(label, `has an empty name in "${text}"`);
	return names;
}

export interface Removal {
	/** To be merged; undefined where nothing is there to be removed. */
	patch?: Metadata;
	removed: string[][];
	missing: string[][];
}

/** What removes the keys at `paths`, of those that are there. A list has no keys to be removed. */
export function removalOf(stored: unknown, paths: string[][]): Removal {
	const isThere = (path: string[]): boolean => {
		const holder = path.slice(0, -1).reduce(at, stored);
		return isObject(holder) && Object.hasOwn(holder, path[path.length - 1]);
	};
	const removed = paths.filter(isThere);
	return {
		patch: removed.length > 0 ? patchOf(removed) : undefined,
		removed,
		missing: paths.filter((path) => !isThere(path)),
	};
}

/** A key that goes takes along what is below it. */
function patchOf(paths: string[][]): Metadata {
	const below = new Map<string, string[][]>();
	for (const [name, ...rest] of paths) below.set(name, [...(below.get(name) ?? []), rest]);
	const entries = [...below].map(([name, rests]): [string, unknown] => [
		name,
		rests.some(({ length }) => length === 0) ? null : patchOf(rests),
	]);
	return Object.fromEntries(entries);
}
