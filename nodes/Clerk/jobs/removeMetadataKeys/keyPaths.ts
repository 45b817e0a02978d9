import { isObject } from '../../engine/operation/values';
import { valueAt } from '../shared/metadata';
import type { Metadata } from '../shared/metadata';

export interface KeyRemoval {
	/** Body of a merge; undefined if none of the keys exists. */
	patch?: Metadata;
	removed: string[][];
	missing: string[][];
}

/** Returns the merge that removes the existing keys among `paths`. The entries of a list are not keys. */
export function keyRemoval(stored: unknown, paths: string[][]): KeyRemoval {
	const exists = (path: string[]): boolean => {
		const parent = path.slice(0, -1).reduce(valueAt, stored);
		return isObject(parent) && Object.hasOwn(parent, path[path.length - 1]);
	};
	const removed = paths.filter(exists);
	return {
		patch: removed.length > 0 ? patchFor(removed) : undefined,
		removed,
		missing: paths.filter((path) => !exists(path)),
	};
}

/** Removing a key includes the keys below it. */
function patchFor(paths: string[][]): Metadata {
	const below = new Map<string, string[][]>();
	for (const [name, ...rest] of paths) below.set(name, [...(below.get(name) ?? []), rest]);
	const entries = [...below].map(([name, rests]): [string, unknown] => [
		name,
		rests.some(({ length }) => length === 0) ? null : patchFor(rests),
	]);
	return Object.fromEntries(entries);
}
