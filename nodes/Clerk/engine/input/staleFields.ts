import { COLLECTIONS } from '../form/collections';
import { DRY_RUN } from '../form/commonFields';
import { fieldsIn } from '../form/placement';
import { isWrite } from '../operation';
import type { Operation, Resource } from '../operation';
import { isObject } from '../operation/values';
import type { ReadParameter } from './readCollection';

/**
 * Returns a wrapper for a reader of parameters that ignores stale fields: names in a collection that
 * only other operations have. n8n drops them itself before a run (docs/n8n-notes.md, 14); this is for
 * callers that do not. A name that no operation has is a mistake, which `readCollection` rejects.
 */
export function withoutStaleFields(
	operation: Operation,
	resources: Resource[],
): (read: ReadParameter) => ReadParameter {
	const own = byCollection((collection) => namesIn(operation, collection));
	// Names of all operations: built only for a name that is not the operation's own.
	const known = byCollection((collection) =>
		resources.flatMap(({ operations }) =>
			operations.flatMap((other) => namesIn(other, collection)),
		),
	);
	return (read) => (name, fallback) => {
		const value = read(name, fallback);
		if (!Object.hasOwn(COLLECTIONS, name) || !isObject(value)) return value;
		// A switch that keeps a run from writing is never ignored.
		const isStale = (key: string) =>
			!own(name).has(key) && known(name).has(key) && !(key === DRY_RUN.name && isWrite(operation));
		return Object.fromEntries(Object.entries(value).filter(([key]) => !isStale(key)));
	};
}

/** Returns the names of a collection, built on first use. */
function byCollection(
	namesOf: (collection: string) => string[],
): (collection: string) => Set<string> {
	const made = new Map<string, Set<string>>();
	return (collection) => {
		const names = made.get(collection) ?? new Set(namesOf(collection));
		made.set(collection, names);
		return names;
	};
}

const namesIn = (operation: Operation, collection: string): string[] =>
	fieldsIn(operation, collection).map(({ name }) => name);
