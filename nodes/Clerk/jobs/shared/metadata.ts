import type { ClerkRecord } from '../../engine/operation';
import { isObject, isSame } from '../../engine/operation/values';

export type Metadata = { readonly [key: string]: unknown };

export type MetadataKind = 'public' | 'private' | 'unsafe';

export const METADATA_WIRE_NAMES: Record<MetadataKind, string> = {
	public: 'public_metadata',
	private: 'private_metadata',
	unsafe: 'unsafe_metadata',
};

/**
 * Merges metadata as Clerk does: objects key by key, every other value is replaced, and null removes a
 * key (https://clerk.com/docs/reference/backend/user/update-user-metadata).
 */
export function mergeMetadata(stored: ClerkRecord, changes: ClerkRecord): ClerkRecord {
	// A Map, because `__proto__` is a key like any other here.
	const merged = new Map(Object.entries(stored));
	for (const [key, value] of Object.entries(changes)) {
		const old = merged.get(key);
		if (value === null) merged.delete(key);
		else merged.set(key, isObject(value) ? mergeMetadata(isObject(old) ? old : {}, value) : value);
	}
	return Object.fromEntries(merged);
}

/** Entries instead of an object, because `__proto__` is a key like any other here. */
type Entries = Array<[key: string, value: unknown]>;

/**
 * Returns the smallest body that has the effect of merging `changes`, with null for a key to remove;
 * undefined if a merge would change nothing.
 */
export function smallestMerge(stored: unknown, changes: Metadata): Metadata | undefined {
	const entries = Object.entries(changes).flatMap(([key, value]): Entries => {
		const old = valueAt(stored, key);
		if (value === null) return old === undefined ? [] : [[key, null]];
		if (isObject(value) && isObject(old)) {
			const inner = smallestMerge(old, value);
			return inner ? [[key, inner]] : [];
		}
		return isSame(old, value) ? [] : [[key, value]];
	});
	return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

/** Returns what replaces the stored metadata; undefined if it is the same. */
export const replacementFor = (stored: unknown, metadata: Metadata): Metadata | undefined =>
	isSame(stored ?? {}, metadata) ? undefined : metadata;

/** Whether it is an integer that JavaScript cannot tell from its neighbours: Clerk's JSON may have another one. */
export const isInexact = (value: unknown): boolean =>
	Number.isInteger(value) && !Number.isSafeInteger(value);

/** Returns the value of an object's own key; undefined if there is none, or no object. */
export const valueAt = (stored: unknown, key: string): unknown =>
	isObject(stored) && Object.hasOwn(stored, key) ? stored[key] : undefined;
