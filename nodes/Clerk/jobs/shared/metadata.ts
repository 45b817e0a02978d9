import type { ClerkRecord } from '../../engine/operation';
import { isObject } from '../../engine/operation/json';

/** Metadata as Clerk merges it: objects key by key, anything else replaced, `null` taking a key away. */
export function mergedMetadata(stored: ClerkRecord, given: ClerkRecord): ClerkRecord {
	// By way of a Map, because `__proto__` is a key like any other here.
	const merged = new Map(Object.entries(stored));
	for (const [key, value] of Object.entries(given)) {
		const old = merged.get(key);
		if (value === null) merged.delete(key);
		else merged.set(key, isObject(value) ? mergedMetadata(isObject(old) ? old : {}, value) : value);
	}
	return Object.fromEntries(merged);
}
